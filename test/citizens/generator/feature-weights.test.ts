import { describe, expect, it } from 'vitest';
import { featureWeights } from './feature-weights.ts';

const TARGETS: Readonly<Record<string, readonly string[]>> = {
  nose: Array.from({ length: 40 }, (_, i) => `nose/nose-${i}`),
  eyes: Array.from({ length: 40 }, (_, i) => [`eyes/l-eye-${i}`, `eyes/r-eye-${i}`]).flat(),
  head: ['head/head-age-incr', 'head/head-scale-depth-decr', 'head/head-oval'],
};
const weights = (seed: number) => featureWeights((folder) => TARGETS[folder] ?? [], seed);

describe('features that a seed decides', () => {
  it('are the same for the same seed', () => {
    expect([...weights(9)]).toEqual([...weights(9)]);
  });

  it('differ from one seed to the next', () => {
    expect([...weights(9)]).not.toEqual([...weights(23)]);
  });

  it('are the same on the left and on the right', () => {
    const chosen = weights(9);
    const left = [...chosen].filter(([target]) => target.includes('/l-'));
    expect(left.length).toBeGreaterThan(5);
    for (const [target, weight] of left) expect(chosen.get(target.replace('/l-', '/r-'))).toBe(weight);
  });

  it('leave out what makes no face of its own', () => {
    const chosen = Array.from({ length: 50 }, (_, seed) => [...weights(seed).keys()]).flat();
    expect(chosen).toContain('head/head-oval');
    expect(chosen.filter((target) => /age|scale/.test(target))).toEqual([]);
  });
});

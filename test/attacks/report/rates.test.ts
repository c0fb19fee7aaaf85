import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { apcer, bpcer, bpcerRefused, type JudgedPresentation, notStopped, ratesOf } from './rates.ts';

const common = { judgeVersion: 1, checks: [] };
const LIVE: Verdict = { ...common, result: 'live' };
const REFERRED: Verdict = { ...common, result: 'referred', reason: 'screen-edges' };
const FLAT: Verdict = { ...common, result: 'not-live', reason: 'looks-flat' };
const SLOW: Verdict = { ...common, result: 'not-live', reason: 'too-slow' };

function judged(verdicts: readonly Verdict[], took: readonly (number | null)[] = []): JudgedPresentation[] {
  return verdicts.map((verdict, index) => ({
    ...{ id: `p-${index}`, species: 'some', conditions: {}, verdict, gained: true },
    took: took[index] ?? null,
  }));
}

describe('rates of attacks', () => {
  const rates = ratesOf(judged([LIVE, REFERRED, SLOW, FLAT, SLOW]));

  it('count what is taken for a person apart from what a person will look at', () => {
    expect(rates).toMatchObject({ presentations: 5, live: 1, referred: 1, refused: 3 });
    expect(apcer(rates)).toMatchObject({ count: 1, share: 0.2 });
    expect(notStopped(rates)).toMatchObject({ count: 2, share: 0.4 });
  });

  it('do not count whoever passes with nothing of the attack in any picture, and say so', () => {
    const [passed] = judged([LIVE]);
    const rates = ratesOf(passed === undefined ? [] : [passed, { ...passed, gained: false }]);
    expect(rates).toMatchObject({ presentations: 2, live: 1 });
    expect(rates.reasons).toEqual([
      { result: 'without-gain', reason: 'in no picture of the evidence', count: 1 },
    ]);
  });

  it('give the reasons, most frequent first', () => {
    expect(rates.reasons).toEqual([
      { result: 'not-live', reason: 'too-slow', count: 2 },
      { result: 'not-live', reason: 'looks-flat', count: 1 },
      { result: 'referred', reason: 'screen-edges', count: 1 },
    ]);
  });
});

describe('rates of living people', () => {
  it('count whoever is referred as not passed, and those refused apart', () => {
    const rates = ratesOf(judged([LIVE, LIVE, REFERRED, FLAT]));
    expect(bpcer(rates).share).toBe(0.5);
    expect(bpcerRefused(rates).share).toBe(0.25);
  });

  it('take the median of the time over those who were not refused', () => {
    expect(ratesOf(judged([LIVE, REFERRED, LIVE], [9000, 12_000, 10_000])).medianTook).toBe(10_000);
    expect(ratesOf(judged([LIVE, LIVE, FLAT], [9000, 10_000, 1])).medianTook).toBe(9500);
    expect(ratesOf(judged([FLAT], [9000])).medianTook).toBeNull();
  });

  it('are of nobody when nobody was shown', () => {
    expect(bpcer(ratesOf([]))).toMatchObject({ share: Number.NaN, bound: 1 });
  });
});

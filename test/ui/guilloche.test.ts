import { describe, expect, it } from 'vitest';
import { guilloche } from '#ui/eid-card/guilloche.ts';

describe('the pattern of the card', () => {
  const paths = guilloche({ width: 856, height: 540, lines: 26 });

  it('has the lines asked for, each different', () => {
    expect(new Set(paths).size).toBe(26);
  });

  it('is the same on every card: it carries no data', () => {
    expect(guilloche({ width: 856, height: 540, lines: 26 })).toEqual(paths);
  });

  it('stays near the card and holds only numbers', () => {
    for (const path of paths) {
      expect(path).toMatch(/^M-?[\d.]+ -?[\d.]+(L-?[\d.]+ -?[\d.]+)+$/);
      for (const [, y] of path.matchAll(/ (-?[\d.]+)/g)) {
        expect(Number(y)).toBeGreaterThan(-60);
        expect(Number(y)).toBeLessThan(600);
      }
    }
  });
});

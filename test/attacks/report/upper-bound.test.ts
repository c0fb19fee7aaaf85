import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upperBound } from './upper-bound.ts';

const counts = fc
  .integer({ min: 1, max: 2000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), errors: fc.integer({ min: 0, max: trials }) }));

describe('the upper bound of an error rate', () => {
  it.each([
    // 1 - 0.05^(1/n) for no errors; the others are the 95 % quantile of Beta(errors + 1, trials - errors).
    [0, 20, 0.1391],
    [0, 150, 0.0198],
    [1, 20, 0.2161],
    [5, 100, 0.1023],
    [20, 20, 1],
  ])('is for %i of %i what the tables say', (errors, trials, bound) => {
    expect(upperBound({ errors, trials })).toBeCloseTo(bound, 4);
  });

  it('is 1 when nothing was tried', () => {
    expect(upperBound({ errors: 0, trials: 0 })).toBe(1);
  });

  it('lies between the share itself and 1', () => {
    fc.assert(
      fc.property(counts, ({ errors, trials }) => {
        const bound = upperBound({ errors, trials });
        expect(bound).toBeGreaterThanOrEqual(errors / trials);
        expect(bound).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('grows with every error and falls with every trial without one', () => {
    fc.assert(
      fc.property(counts, ({ errors, trials }) => {
        const bound = upperBound({ errors, trials });
        expect(upperBound({ errors: errors + 1, trials: trials + 1 })).toBeGreaterThanOrEqual(bound);
        expect(upperBound({ errors, trials: trials + 1 })).toBeLessThanOrEqual(bound);
      }),
    );
  });
});

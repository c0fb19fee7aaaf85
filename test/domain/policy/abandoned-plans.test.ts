import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABANDONED_PLANS, abandonsTooOften } from '#domain/policy/abandoned-plans.ts';

test('a few plans say nothing, however they ended', () => {
  expect(abandonsTooOften({ seen: ABANDONED_PLANS.fewest - 1, abandoned: ABANDONED_PLANS.fewest - 1 })).toBe(
    false,
  );
});

test('of many, half given up is borne, one more is not', () => {
  expect(abandonsTooOften({ seen: 40, abandoned: 20 })).toBe(false);
  expect(abandonsTooOften({ seen: 40, abandoned: 21 })).toBe(true);
});

test('giving up one more never makes a station look better', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(100), (seen, abandoned) => {
      if (abandonsTooOften({ seen, abandoned }))
        expect(abandonsTooOften({ seen, abandoned: abandoned + 1 })).toBe(true);
    }),
  );
});

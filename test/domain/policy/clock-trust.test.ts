import { expect, test } from 'vitest';
import { judgeClock } from '#domain/policy/clock-trust.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;

test.each([
  ['just proven and right', { wall: NOW, expected: NOW, sinceProof: 0, highestTrusted: NOW }, 'synchronised'],
  [
    'half a minute off',
    { wall: NOW + 31_000, expected: NOW, sinceProof: 0, highestTrusted: NOW },
    'drifting',
  ],
  ['proven yesterday', { wall: NOW, expected: NOW, sinceProof: 25 * HOUR, highestTrusted: NOW }, 'drifting'],
  [
    'set forth by an hour',
    { wall: NOW + HOUR, expected: NOW, sinceProof: 0, highestTrusted: NOW },
    'doubtful',
  ],
  [
    'set back by an hour',
    { wall: NOW - HOUR, expected: NOW, sinceProof: 0, highestTrusted: NOW },
    'doubtful',
  ],
  [
    'not proven since the start',
    { wall: NOW, expected: null, sinceProof: null, highestTrusted: 1 },
    'drifting',
  ],
  [
    'behind what was proven once',
    { wall: 1, expected: null, sinceProof: null, highestTrusted: NOW },
    'doubtful',
  ],
  ['never proven', { wall: NOW, expected: null, sinceProof: null, highestTrusted: 0 }, 'unknown'],
] as const)('a clock %s', (_, situation, trust) => {
  expect(judgeClock(situation)).toBe(trust);
});

import { assertNever } from '../result.ts';
import { type ClockSituation, judgeClock } from './clock-trust.ts';

/** Why the clock is trusted as far as it is, for whoever has to mend it. */
export const CLOCK_REASONS = [
  'proven-now',
  'proof-is-old',
  'away-from-proof',
  'not-proven-since-start',
  'before-known-time',
  'never-proven',
] as const;
export type ClockReason = (typeof CLOCK_REASONS)[number];

/** Beside {@link judgeClock}, whose word it explains. */
export function explainClock(situation: ClockSituation): ClockReason {
  const trust = judgeClock(situation);
  const { expected, sinceProof } = situation;
  switch (trust) {
    case 'synchronised':
      return 'proven-now';
    case 'unknown':
      return 'never-proven';
    case 'doubtful':
      return expected === null ? 'before-known-time' : 'away-from-proof';
    case 'drifting':
      if (expected === null || sinceProof === null) return 'not-proven-since-start';
      // Of the two, the one that would remain without the other: a fresh proof of the same clock.
      return judgeClock({ ...situation, sinceProof: 0 }) === 'synchronised'
        ? 'proof-is-old'
        : 'away-from-proof';
    default:
      return assertNever(trust);
  }
}

/** Wall clock minus what the registry proved in this run, milliseconds; null before it has. */
export function clockSkew({ wall, expected }: ClockSituation): number | null {
  return expected === null ? null : Math.round(wall - expected);
}

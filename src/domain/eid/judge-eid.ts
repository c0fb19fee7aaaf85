import type { ClockTrust, Grade } from '../enrolment/enrolment.ts';
import type { EidVerdict } from './eid-verdict.ts';

/** What came of opening an e-ID's code with the issuer's keys that this place knows. */
export type EidReading =
  | { readonly kind: 'opened'; readonly claims: JudgedClaims }
  | { readonly kind: 'not-an-eid' | 'forged' | 'other-issuer' | 'no-trust-list' };

/** What of an e-ID's claims decides. Times in milliseconds since 1970. */
export interface JudgedClaims {
  readonly grade: Grade;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly simulated: boolean;
}

/** What the newest status list that is held here says of the e-ID; null when none is held for its block. */
export interface StatusStatement {
  readonly says: 'valid' | 'revoked';
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface EidSituation {
  readonly reading: EidReading;
  readonly status: StatusStatement | null;
  /** Best estimate of the time, and what it is worth. */
  readonly now: number;
  readonly clockTrust: ClockTrust;
  /** A moment that has certainly passed, because the registry proved it; null when it never did. */
  readonly provenTime: number | null;
  /** How the place is operated: simulated e-IDs count in `demo` only. */
  readonly mode: 'demo' | 'pilot' | 'production';
}

/** How far two good clocks may differ: the registry's own limit for a request's time. */
export const CLOCK_TOLERANCE = 5 * 60_000;

/**
 * Whether an e-ID counts here and now. Pure, and offline as far as its inputs are.
 *
 * In this order, so that nothing later can heal what was found before, and the reason that is told is the one that no
 * better clock and no newer list could change:
 *
 * 1. What could not be opened: without an issuer's key nothing can be told of any e-ID; with one, it is no e-ID, a
 *    forged one, or another issuer's.
 * 2. Simulated, where real ones count.
 * 3. Revoked. A revocation is never taken back, so that the list's age does not matter.
 * 4. Expired at a moment that has certainly passed, whatever the clock shows.
 * 5. The clock: one that nobody has checked, that was found wrong, or that runs behind what was proven decides nothing
 *    about dates.
 * 6. Dates by the clock.
 * 7. The list: without one, or with one that is over, "not revoked" is not known.
 */
export function judgeEid(situation: EidSituation): EidVerdict {
  const { reading, status, now, clockTrust, mode } = situation;
  switch (reading.kind) {
    case 'no-trust-list':
      return { result: 'cannot-tell', because: reading.kind };
    case 'not-an-eid':
    case 'forged':
    case 'other-issuer':
      return { result: 'not-valid', because: reading.kind };
    case 'opened':
      break;
  }
  const { grade, issuedAt, expiresAt, simulated } = reading.claims;
  if (simulated && mode !== 'demo') return { result: 'not-valid', because: 'simulated' };
  if (status?.says === 'revoked') return { result: 'not-valid', because: 'revoked' };
  // A list that the issuer signed proves that its moment has passed, as an answer of the registry does.
  const passed = Math.max(situation.provenTime ?? 0, status?.issuedAt ?? 0);
  if (passed > expiresAt) return { result: 'not-valid', because: 'expired' };
  const believed = clockTrust === 'synchronised' || clockTrust === 'drifting';
  if (!believed || now < passed - CLOCK_TOLERANCE)
    return { result: 'cannot-tell', because: 'clock-doubtful' };
  if (now > expiresAt) return { result: 'not-valid', because: 'expired' };
  if (now < issuedAt - CLOCK_TOLERANCE) return { result: 'not-valid', because: 'not-yet-valid' };
  if (status === null) return { result: 'cannot-tell', because: 'no-status-list' };
  if (now > status.expiresAt) return { result: 'cannot-tell', because: 'status-list-stale' };
  return { result: 'valid', grade, simulated };
}

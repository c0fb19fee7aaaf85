import type { Application } from './application.ts';

/** The registry's word on an enrolment. Reason codes are stable; texts live in the locales. */
export const DECISION_REASONS = [
  'issued',
  /** A lost e-ID was ended. */
  'revoked',
  'referred-duplicate',
  'referred-liveness',
  'referred-comparison',
  'referred-no-portrait',
  /** The password of the e-ID that exists was not the right one; at a loss report also that it is blocked. */
  'referred-password',
  'rejected-not-in-register',
  'rejected-contradicts-register',
  'rejected-liveness',
  'rejected-different-person',
  'rejected-card-invalid',
  'rejected-card-expired',
  'rejected-under-age',
  /** There is no e-ID to upgrade or to end. */
  'rejected-no-eid',
  /** The password of the e-ID that was to be upgraded was wrong too often. */
  'rejected-password-blocked',
  'rejected-malformed',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

export interface Decision {
  readonly packetId: string;
  readonly outcome: 'issued' | 'revoked' | 'referred' | 'rejected';
  readonly reason: DecisionReason;
  readonly application: Application;
  readonly decidedAt: number;
}

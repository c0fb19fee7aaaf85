import type { Grade } from './enrolment.ts';

/** The registry's word on an enrolment. Reason codes are stable; texts live in the locales. */
export const DECISION_REASONS = [
  'issued',
  'referred-duplicate',
  'referred-liveness',
  'referred-comparison',
  'referred-no-portrait',
  'rejected-not-in-register',
  'rejected-contradicts-register',
  'rejected-liveness',
  'rejected-different-person',
  'rejected-card-invalid',
  'rejected-card-expired',
  'rejected-under-age',
  'rejected-malformed',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

export interface Decision {
  readonly packetId: string;
  readonly outcome: 'issued' | 'referred' | 'rejected';
  readonly reason: DecisionReason;
  readonly grade: Grade;
  readonly decidedAt: number;
}

import type { Grade } from '../enrolment/enrolment.ts';

/** Why an e-ID is not valid. */
export const EID_FAULTS = [
  'not-an-eid',
  /** Its octets were changed, or its signature is by none of our issuer's keys. */
  'forged',
  /** Another issuer's, or a key that was withdrawn. */
  'other-issuer',
  'not-yet-valid',
  'expired',
  'revoked',
  /** Made without real devices, shown where real ones count. */
  'simulated',
] as const;
export type EidFault = (typeof EID_FAULTS)[number];

/** Why nothing can be said of an e-ID whose signature and dates are right. */
export const EID_DOUBTS = [
  /** This place has no trust list, so no issuer's key. */
  'no-trust-list',
  'no-status-list',
  'status-list-stale',
  /** The clock here cannot be believed, so dates mean nothing. */
  'clock-doubtful',
] as const;
export type EidDoubt = (typeof EID_DOUBTS)[number];

/** What a desk learns offline. "Valid" says nothing of who shows it: that takes {@link HolderProof}. */
export type EidVerdict =
  | { readonly result: 'valid'; readonly grade: Grade; readonly simulated: boolean }
  | { readonly result: 'not-valid'; readonly because: EidFault }
  | { readonly result: 'cannot-tell'; readonly because: EidDoubt };

/** Whether the phone that the e-ID is bound to is the phone that is shown here. */
export type HolderProof =
  /** The e-ID is bound to no phone. */
  | 'no-phone'
  | 'not-shown'
  /** The phone signed this place's nonce with the key that the e-ID names. */
  | 'same-holder'
  /** A phone answered, with another key or to another nonce. */
  | 'other-phone';

/** Why a try did not pass. Shown to the citizen as a sentence with a hint, never as a score. */
export const LIVENESS_REASONS = [
  'no-face',
  'two-people',
  'too-far',
  'too-close',
  'turned-away',
  'too-dark',
  /** Dark, because what is behind the face is much brighter. */
  'light-behind',
  'too-bright',
  'blurred',
  'eyes-shut',
  'wrong-action',
  'too-slow',
  'face-changed',
  'looks-flat',
  /** Pictures came twice: no camera's do. */
  'picture-repeats',
  'upside-down',
  'camera-too-slow',
  'evidence-incomplete',
] as const;
export type LivenessReason = (typeof LIVENESS_REASONS)[number];

/** Why a person has to look at a try that passed otherwise. */
export const REFERRAL_REASONS = [
  'actions-exchanged',
  'no-turn',
  /** Nothing within the face was asked for, and nothing within it moved. */
  'stiff-face',
  /** A grid of pixels on the face. */
  'screen-texture',
  /** A straight frame around the face. */
  'screen-edges',
  /** The face did not take on the colours that the screen lit it with. */
  'no-flash-response',
  /** The pictures of the actions could not be compared with each other. */
  'identity-not-followed',
  /** The operator's own network, where one is plugged in. */
  'passive-network',
] as const;
export type ReferralReason = (typeof REFERRAL_REASONS)[number];

/** One thing that the judge looked at. */
export interface Check {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly passed: boolean;
  /** A soft check that did not pass only refers to a person. */
  readonly weight: 'hard' | 'soft';
}

export type Verdict = {
  readonly judgeVersion: number;
  readonly checks: readonly Check[];
} & (
  | { readonly result: 'live' }
  /** A person decides. */
  | { readonly result: 'referred'; readonly reason: ReferralReason }
  | { readonly result: 'not-live'; readonly reason: LivenessReason }
);

/** Why a try did not pass. Shown to the citizen as a sentence with a hint, never as a score. */
export const LIVENESS_REASONS = [
  'no-face',
  'two-people',
  'too-far',
  'too-close',
  'turned-away',
  'too-dark',
  'too-bright',
  'blurred',
  'eyes-shut',
  'wrong-action',
  'too-slow',
  'face-changed',
  'looks-flat',
  'camera-too-slow',
  'evidence-incomplete',
] as const;
export type LivenessReason = (typeof LIVENESS_REASONS)[number];

/** One thing that the judge looked at. */
export interface Check {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly passed: boolean;
}

export type Verdict = {
  readonly judgeVersion: number;
  readonly checks: readonly Check[];
} & (
  | { readonly result: 'live' }
  /** A person decides: soft signals, exchanged actions, a plan without a turn. */
  | { readonly result: 'referred'; readonly reason: 'actions-exchanged' | 'no-turn' | 'soft-signal' }
  | { readonly result: 'not-live'; readonly reason: LivenessReason }
);

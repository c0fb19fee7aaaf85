import type { Check, LivenessReason, ReferralReason } from '../verdict.ts';

/** A check and what it means when it did not pass. */
export interface Finding {
  readonly check: Check;
  readonly reason: LivenessReason;
}

/** A check that refers to a person when it did not pass. */
export interface SoftFinding {
  readonly check: Check;
  readonly reason: ReferralReason;
}

/** Stands for "could not be measured": the value of a check that failed for want of material. */
export const NOT_MEASURED = -1;

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
}

export function finding(
  input: Measured & { readonly passed: boolean; readonly reason: LivenessReason },
): Finding {
  return { check: toCheck(input, 'hard'), reason: input.reason };
}

export function atLeast(input: Measured & { readonly reason: LivenessReason }): Finding {
  return finding({ ...input, passed: input.value >= input.threshold });
}

export function atMost(input: Measured & { readonly reason: LivenessReason }): Finding {
  return finding({ ...input, passed: input.value <= input.threshold });
}

export function softAtLeast(input: Measured & { readonly reason: ReferralReason }): SoftFinding {
  return {
    check: toCheck({ ...input, passed: input.value >= input.threshold }, 'soft'),
    reason: input.reason,
  };
}

export function softAtMost(input: Measured & { readonly reason: ReferralReason }): SoftFinding {
  return {
    check: toCheck({ ...input, passed: input.value <= input.threshold }, 'soft'),
    reason: input.reason,
  };
}

/** Rounded and bounded, so that the verdict's bytes hold it exactly. What is no number did not pass. */
function toCheck(
  { name, value, threshold, passed }: Measured & { readonly passed: boolean },
  weight: Check['weight'],
): Check {
  const measured = Number.isFinite(value);
  return {
    name,
    value: measured ? Math.max(-1e9, Math.min(1e9, Math.round(value * 1000) / 1000)) : NOT_MEASURED,
    threshold: Math.round(threshold * 1000) / 1000,
    passed: measured && passed,
    weight,
  };
}

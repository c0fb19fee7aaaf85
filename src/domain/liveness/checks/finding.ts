import type { Check, LivenessReason } from '../verdict.ts';

/** A check and what it means when it did not pass. */
export interface Finding {
  readonly check: Check;
  readonly reason: LivenessReason;
}

/** Stands for "could not be measured": the value of a check that failed for want of material. */
export const NOT_MEASURED = -1;

export function finding({
  name,
  value,
  threshold,
  passed,
  reason,
}: {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly passed: boolean;
  readonly reason: LivenessReason;
}): Finding {
  const measured = Number.isFinite(value);
  return {
    check: {
      name,
      value: measured ? Math.max(-1e9, Math.min(1e9, Math.round(value * 1000) / 1000)) : NOT_MEASURED,
      threshold: Math.round(threshold * 1000) / 1000,
      passed: measured && passed,
      weight: 'hard',
    },
    reason,
  };
}

export function atLeast(input: {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly reason: LivenessReason;
}): Finding {
  return finding({ ...input, passed: input.value >= input.threshold });
}

export function atMost(input: {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
  readonly reason: LivenessReason;
}): Finding {
  return finding({ ...input, passed: input.value <= input.threshold });
}

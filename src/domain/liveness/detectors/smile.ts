import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/** The mouth's corners further apart than at rest by a share of their own distance, held for 200 ms. */
export function detectSmile(observed: Observed): Detection {
  return findHeldMovement(
    {
      measure: (signals) => signals.smile / observed.baseline.smile - 1,
      onset: THRESHOLDS.smileOnset.value,
      level: THRESHOLDS.smile.value,
      holdMs: THRESHOLDS.smileHold.value,
    },
    observed,
  );
}

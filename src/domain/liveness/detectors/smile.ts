import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/**
 * The mouth's corners further apart than at rest by a share of their own distance, held for longer than a vowel. Their
 * distance is taken over that of the eyes' corners, which a turn shortens and a nod leaves as it does the mouth. Four
 * rendered heads widen by 11 to 19 %, the wider their mouth at rest the less; nods, blinks and noise move it by 5 %.
 *
 * Not while the mouth is open: lips that open are drawn together, those that speak widen with every "ee", and neither
 * is a smile; nor while the head is turned aside, where the far corner is guessed rather than seen.
 */
export function detectSmile(observed: Observed): Detection {
  const { baseline } = observed;
  return findHeldMovement(
    {
      measure: (signals) =>
        signals.mouth - baseline.mouth > THRESHOLDS.smileMouth.value ||
        Math.abs(signals.yaw - baseline.yaw) > THRESHOLDS.frontYaw.value
          ? Number.NaN
          : signals.smile / baseline.smile - 1,
      onset: THRESHOLDS.smileOnset.value,
      level: THRESHOLDS.smile.value,
      holdMs: THRESHOLDS.smileHold.value,
    },
    observed,
  );
}

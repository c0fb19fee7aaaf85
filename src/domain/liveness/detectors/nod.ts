import type { Baseline } from '../baseline.ts';
import type { Signals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/**
 * The head bowed by 12 degrees or more from its own pitch, held for 100 ms, which is how long the lowest point of an
 * ordinary nod lasts. Cameras hang above or below the eyes, so only the change counts.
 *
 * Rendered heads that nod bow by 16 to 24 degrees as the tracker reports it; a photo tilted by 32 moves the reported
 * pitch by 5. A smile moves it by 6 to 9, because the mesh's chin follows the lips: a face that smiles shows no nod, nor
 * does one turned aside, whose chin may sink as it turns.
 */
export function detectNod(observed: Observed): Detection {
  const { baseline } = observed;
  return findHeldMovement(
    {
      measure: (signals) =>
        isSmiling(signals, baseline) || Math.abs(signals.yaw - baseline.yaw) > THRESHOLDS.frontYaw.value
          ? Number.NaN
          : baseline.pitch - signals.pitch,
      onset: THRESHOLDS.nodOnset.value,
      level: THRESHOLDS.nod.value,
      holdMs: THRESHOLDS.nodHold.value,
    },
    observed,
  );
}

function isSmiling(signals: Signals, baseline: Baseline): boolean {
  return signals.smile / baseline.smile - 1 >= THRESHOLDS.smile.value;
}

import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/** The head bowed by 12 degrees or more from its own pitch, held for 100 ms. */
export function detectNod(observed: Observed): Detection {
  return findHeldMovement(
    {
      measure: (signals) => observed.baseline.pitch - signals.pitch,
      onset: THRESHOLDS.nodOnset.value,
      level: THRESHOLDS.nod.value,
      holdMs: THRESHOLDS.nodHold.value,
    },
    observed,
  );
}

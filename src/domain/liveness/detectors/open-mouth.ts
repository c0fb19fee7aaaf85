import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/**
 * The mouth opened by 0.3 of its width more than at rest, held for 150 ms.
 *
 * Rendered heads measure 0.04-0.10 at rest, 0.05 smiling and 0.79 wide open; speech opens to about 0.25, in bursts
 * shorter than the hold. A printed mouth that is cut out and moved changes its width with its height and stays below.
 */
export function detectOpenMouth(observed: Observed): Detection {
  return findHeldMovement(
    {
      measure: (signals) => signals.mouth - observed.baseline.mouth,
      onset: THRESHOLDS.mouthOnset.value,
      level: THRESHOLDS.mouth.value,
      holdMs: THRESHOLDS.mouthHold.value,
    },
    observed,
  );
}

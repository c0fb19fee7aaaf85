import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/**
 * The head turned to the citizen's own left, 18 degrees or more from their own front, held for 150 ms.
 *
 * 18 degrees because no flat picture, moved, rolled, bent or tilted by up to 32 degrees, makes the tracker report more
 * than 5, while people asked to turn reach 25 to 35; at 18 the planarity check begins to tell depth from paper.
 */
export function detectTurnLeft(observed: Observed): Detection {
  return findHeldMovement(
    {
      measure: (signals) => signals.yaw - observed.baseline.yaw,
      onset: THRESHOLDS.turnOnset.value,
      level: THRESHOLDS.turn.value,
      holdMs: THRESHOLDS.turnHold.value,
    },
    observed,
  );
}

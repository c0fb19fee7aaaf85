import { THRESHOLDS } from '../thresholds.ts';
import type { Detection, Observed } from './detection.ts';
import { findHeldMovement } from './held-movement.ts';

/**
 * The head turned to the citizen's own right: the mirror of the turn to the left, with the same numbers for the same
 * reasons (see `turn-left.ts`). Yaw falls when the citizen turns right.
 */
export function detectTurnRight(observed: Observed): Detection {
  return findHeldMovement(
    {
      measure: (signals) => observed.baseline.yaw - signals.yaw,
      onset: THRESHOLDS.turnOnset.value,
      level: THRESHOLDS.turn.value,
      holdMs: THRESHOLDS.turnHold.value,
    },
    observed,
  );
}

import type { Signals } from './signals.ts';
import { THRESHOLDS } from './thresholds.ts';

/** True when the head hardly moved between two frames; a first frame, or one after a long pause, says nothing. */
export function isStill(before: Signals | null, now: Signals): boolean {
  if (before === null) return true;
  const seconds = (now.at - before.at) / 1000;
  if (seconds <= 0 || seconds > 1) return true;
  const moved = Math.hypot(now.centre.x - before.centre.x, now.centre.y - before.centre.y) / now.eyeDistance;
  return (
    moved / seconds <= THRESHOLDS.stillCentre.value &&
    Math.abs(now.yaw - before.yaw) / seconds <= THRESHOLDS.stillYaw.value
  );
}

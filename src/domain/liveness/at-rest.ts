import type { Baseline } from './baseline.ts';
import type { Signals } from './signals.ts';
import { THRESHOLDS } from './thresholds.ts';

/** True when no movement is under way: the face is as it was in the beginning, and the next prompt may come. */
export function isAtRest(signals: Signals, baseline: Baseline): boolean {
  const eyes = Math.max(signals.rightEye / baseline.rightEye, signals.leftEye / baseline.leftEye);
  return (
    Math.abs(signals.yaw - baseline.yaw) < THRESHOLDS.turnOnset.value &&
    Math.abs(signals.pitch - baseline.pitch) < THRESHOLDS.nodOnset.value &&
    signals.mouth - baseline.mouth < THRESHOLDS.mouthOnset.value &&
    signals.smile / baseline.smile - 1 < THRESHOLDS.smile.value &&
    eyes > THRESHOLDS.eyesReopened.value
  );
}

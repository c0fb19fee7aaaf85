import type { LandmarkFrame } from '../landmark-frame.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atLeast, atMost, type Finding } from './finding.ts';

/** Whether frames came often enough, and without a hole, to see what happened. Times are capture times. */
export function cameraFindings(trace: readonly LandmarkFrame[]): Finding[] {
  const first = trace[0];
  const last = trace.at(-1);
  const span = first === undefined || last === undefined ? 0 : last.at - first.at;
  return [
    atLeast({
      name: 'frame-rate',
      value: span > 0 ? ((trace.length - 1) * 1000) / span : 0,
      threshold: THRESHOLDS.frameRate.value,
      reason: 'camera-too-slow',
    }),
    atMost({
      name: 'longest-gap',
      value: longestGap(trace),
      threshold: THRESHOLDS.longestGap.value,
      reason: 'camera-too-slow',
    }),
  ];
}

function longestGap(trace: readonly LandmarkFrame[]): number {
  return trace.reduce((longest, frame, index) => {
    const before = trace[index - 1];
    return before === undefined ? longest : Math.max(longest, frame.at - before.at);
  }, 0);
}

import type { Baseline } from '../baseline.ts';
import { frontalEyeDistance, hasSecondFace, isLitFromBehind } from '../hints.ts';
import type { LandmarkFrame } from '../landmark-frame.ts';
import { median } from '../median.ts';
import { readSignals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atLeast, atMost, type Finding } from './finding.ts';

/** Whether anybody, and only one person, was there. */
export function presenceFindings(
  neutral: readonly LandmarkFrame[],
  trace: readonly LandmarkFrame[],
): Finding[] {
  const seen = neutral.filter((frame) => readSignals(frame) !== null).length;
  return [
    atLeast({
      name: 'face-share',
      value: neutral.length === 0 ? 0 : seen / neutral.length,
      threshold: THRESHOLDS.faceShare.value,
      reason: 'no-face',
    }),
    atMost({
      name: 'second-face',
      value: longestSecondFace(trace),
      threshold: THRESHOLDS.secondFaceTime.value,
      reason: 'two-people',
    }),
  ];
}

/** Longest unbroken time with a second face about as near as the first, ms. */
export function longestSecondFace(trace: readonly LandmarkFrame[]): number {
  let longest = 0;
  let since: number | null = null;
  for (const frame of trace) {
    since = hasSecondFace(frame) ? (since ?? frame.at) : null;
    if (since !== null) longest = Math.max(longest, frame.at - since);
  }
  return longest;
}

/** Where and how the face stood while nothing was asked: medians over the neutral span. */
export function positionFindings(neutral: readonly LandmarkFrame[], baseline: Baseline): Finding[] {
  const limit = THRESHOLDS;
  const height = neutral[0]?.height ?? 0;
  const distances = neutral.flatMap((frame) => {
    const signals = readSignals(frame);
    return signals === null ? [] : [frontalEyeDistance(signals)];
  });
  return [
    atMost({
      name: 'upright',
      value: Math.abs(baseline.roll),
      threshold: limit.upsideDown.value,
      reason: 'upside-down',
    }),
    atLeast({
      name: 'eye-distance',
      value: median(distances),
      threshold: limit.eyeDistance.value,
      reason: 'too-far',
    }),
    atMost({
      name: 'face-height',
      value: baseline.faceHeight / height,
      threshold: limit.faceHeight.value,
      reason: 'too-close',
    }),
    ...lightFindings(neutral),
    atMost({
      name: 'yaw',
      value: Math.abs(baseline.yaw),
      threshold: limit.yawNeutral.value,
      reason: 'turned-away',
    }),
    atMost({
      name: 'pitch',
      value: Math.abs(baseline.pitch),
      threshold: limit.pitchNeutral.value,
      reason: 'turned-away',
    }),
    atMost({
      name: 'roll',
      value: Math.abs(baseline.roll),
      threshold: limit.rollNeutral.value,
      reason: 'turned-away',
    }),
    atLeast({
      name: 'eyes-open',
      value: Math.max(baseline.rightEye, baseline.leftEye),
      threshold: limit.eyesOpen.value,
      reason: 'eyes-shut',
    }),
  ];
}

/** Nothing is said about light that the camera worker did not measure. */
function lightFindings(neutral: readonly LandmarkFrame[]): Finding[] {
  const lights = neutral.flatMap(({ light }) => (light === null ? [] : [light]));
  if (lights.length === 0) return [];
  const fromBehind = neutral.filter(isLitFromBehind).length > neutral.length / 2;
  const mean = median(lights.map((light) => light.mean));
  return [
    atLeast({
      name: 'light',
      value: mean,
      threshold: THRESHOLDS.dark.value,
      reason: fromBehind ? 'light-behind' : 'too-dark',
    }),
    atMost({ name: 'glare', value: mean, threshold: THRESHOLDS.bright.value, reason: 'too-bright' }),
    atLeast({
      name: 'sharpness',
      value: median(lights.map((light) => light.sharpness)),
      threshold: THRESHOLDS.sharpness.value,
      reason: 'blurred',
    }),
  ];
}

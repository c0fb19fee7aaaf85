import type { Baseline } from '../baseline.ts';
import { findClosures } from '../detectors/closures.ts';
import type { LandmarkFrame } from '../landmark-frame.ts';
import { readSignals, type Signals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding } from './finding.ts';

/** Whether one and the same face was there from beginning to end: no jump, no loss, no sudden change of size. */
export function continuityFindings(trace: readonly LandmarkFrame[]): Finding[] {
  const steps = faceSteps(trace);
  return [
    atMost({
      name: 'jump',
      value: steps.reduce((most, { before, after }) => Math.max(most, jump(before, after)), 0),
      threshold: THRESHOLDS.jump.value,
      reason: 'face-changed',
    }),
    atMost({
      name: 'scale-jump',
      value: steps.reduce((most, { before, after }) => Math.max(most, scaleJump(before, after)), 1),
      threshold: THRESHOLDS.scaleJump.value,
      reason: 'face-changed',
    }),
    atMost({
      name: 'face-lost',
      value: longestLoss(trace),
      threshold: THRESHOLDS.faceLost.value,
      reason: 'face-changed',
    }),
  ];
}

/** Whether the eyes stayed shut, in eye-opening terms of this person. */
export function closureFinding(smoothed: readonly Signals[], baseline: Baseline): Finding {
  const closures = findClosures(
    {
      signals: smoothed,
      baseline,
      from: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    },
    'both',
  );
  return atMost({
    name: 'longest-closure',
    value: closures.reduce((most, { lastsMs }) => Math.max(most, lastsMs), 0),
    threshold: THRESHOLDS.longestClosure.value,
    reason: 'eyes-shut',
  });
}

function faceSteps(trace: readonly LandmarkFrame[]): { before: Signals; after: Signals }[] {
  const steps: { before: Signals; after: Signals }[] = [];
  let before: Signals | null = null;
  for (const frame of trace) {
    const after = readSignals(frame);
    if (after === null) continue;
    if (before !== null) steps.push({ before, after });
    before = after;
  }
  return steps;
}

function jump(before: Signals, after: Signals): number {
  const moved = Math.hypot(after.centre.x - before.centre.x, after.centre.y - before.centre.y);
  return (moved / Math.max(before.faceHeight, after.faceHeight, 1)) * EYE_DISTANCES_PER_FACE_HEIGHT;
}

/**
 * The face's height stands for the distance between the eyes here, because a turn halves the latter as it is seen and
 * would double a jump: forehead to chin is about 2.8 eye distances (17.7 cm to 6.3 cm in the mesh's own model).
 */
const EYE_DISTANCES_PER_FACE_HEIGHT = 2.8;

function scaleJump(before: Signals, after: Signals): number {
  const ratio = after.faceHeight / Math.max(before.faceHeight, 1);
  return ratio >= 1 ? ratio : 1 / Math.max(ratio, 1e-3);
}

/** Longest time from a frame with the face, over at least one without, to the next with it or to the end, ms. */
function longestLoss(trace: readonly LandmarkFrame[]): number {
  let longest = 0;
  let seenAt: number | null = null;
  let lost = false;
  for (const frame of trace) {
    const seen = readSignals(frame) !== null;
    if (seenAt !== null && (lost || !seen)) longest = Math.max(longest, frame.at - seenAt);
    lost = !seen;
    if (seen) seenAt = frame.at;
  }
  return longest;
}

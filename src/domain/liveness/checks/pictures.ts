import { PORTRAIT_HINTS, portraitFault } from '../../portrait/gate.ts';
import type { Baseline } from '../baseline.ts';
import type { FlashRecord, KeyFrame, PromptRecord } from '../evidence.ts';
import type { LandmarkFrame } from '../landmark-frame.ts';
import { readSignals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { type Finding, finding, NOT_MEASURED } from './finding.ts';

/** The picture that is kept, told without its pixels. */
export type KeyFrameMoment = Pick<KeyFrame, 'at' | 'purpose' | 'embedding' | 'passive'>;

/** Largest distance between a picture's time and the kept frame that it is judged by, ms. */
const NEAREST_FRAME_MS = 150;

/** Whether a neutral picture and one of every action was taken at its time: all that a later examiner has to look at. */
export function keyFrameFindings({
  prompts,
  keyFrames,
  neutralFrom,
}: {
  readonly prompts: readonly PromptRecord[];
  readonly keyFrames: readonly KeyFrameMoment[];
  readonly neutralFrom: number;
}): Finding[] {
  const tolerance = THRESHOLDS.keyFrameTolerance.value;
  const firstPrompt = prompts[0]?.shownAt ?? Number.NEGATIVE_INFINITY;
  const spans = [
    { purpose: 'neutral', from: neutralFrom - tolerance, until: firstPrompt + tolerance },
    ...prompts.map(({ action, shownAt, closesAt }) => ({
      purpose: action,
      from: shownAt,
      until: closesAt + tolerance,
    })),
  ];
  const taken = spans.filter(({ purpose, from, until }) =>
    keyFrames.some((picture) => picture.purpose === purpose && picture.at >= from && picture.at <= until),
  ).length;
  return [
    finding({
      name: 'key-frames',
      value: taken,
      threshold: spans.length,
      passed: taken === spans.length,
      reason: 'evidence-incomplete',
    }),
  ];
}

/** Whether the portrait was taken from a frame that passes the portrait's gate. `at` is null when none was taken. */
export function portraitFindings({
  trace,
  at,
  baseline,
  flashes = [],
}: {
  readonly trace: readonly LandmarkFrame[];
  readonly at: number | null;
  readonly baseline: Baseline;
  readonly flashes?: readonly FlashRecord[];
}): Finding[] {
  const index = at === null ? trace.length - 1 : nearestFrame(trace, at);
  const frame = trace[index];
  const before = trace[index - 1];
  const fault =
    frame === undefined
      ? 'no-face'
      : portraitFault({
          frame,
          baseline,
          flashes,
          before: before === undefined ? null : readSignals(before),
        });
  const distance = at === null || frame === undefined ? NOT_MEASURED : Math.abs(frame.at - at);
  return [
    finding({
      name: fault === null ? 'portrait' : `portrait-${fault}`,
      value: distance,
      threshold: NEAREST_FRAME_MS,
      passed: at !== null && fault === null && distance <= NEAREST_FRAME_MS,
      reason: (fault === null ? null : PORTRAIT_HINTS[fault]) ?? 'too-slow',
    }),
  ];
}

/** Index of the kept frame closest to a time; -1 in an empty trace. */
export function nearestFrame(trace: readonly LandmarkFrame[], at: number): number {
  let nearest = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, frame] of trace.entries()) {
    const away = Math.abs(frame.at - at);
    if (away < distance) {
      nearest = index;
      distance = away;
    }
  }
  return nearest;
}

import type { LandmarkFrame } from '../landmark-frame.ts';
import { readSignals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding } from './finding.ts';

/**
 * Whether pictures came twice. A camera's noise gives each picture its own pixels, so the same digest after other
 * pictures is a clip that is played again, and a picture (or all landmarks) that stands is a clip that is paused.
 *
 * Frames without a face say nothing: a covered lens gives the same black again and again. Digest 0 says that it was not
 * measured. A driver that hands over its last picture once more, because the next is late, is forgiven.
 */
export function repeatFindings(trace: readonly LandmarkFrame[]): Finding[] {
  const faces = trace.filter((frame) => readSignals(frame) !== null);
  return [
    atMost({
      name: 'pictures-again',
      value: picturesAgain(faces),
      threshold: THRESHOLDS.picturesAgain.value,
      reason: 'picture-repeats',
    }),
    atMost({
      name: 'standstill',
      value: longestStandstill(faces),
      threshold: THRESHOLDS.standstill.value,
      reason: 'picture-repeats',
    }),
  ];
}

/** Frames whose picture was there before, with another in between. */
function picturesAgain(frames: readonly LandmarkFrame[]): number {
  const seen = new Set<number>();
  let again = 0;
  let before = 0;
  for (const { digest } of frames) {
    if (digest !== 0 && digest !== before && seen.has(digest)) again += 1;
    if (digest !== 0) seen.add(digest);
    before = digest;
  }
  return again;
}

/** Longest time in which the picture, or every landmark, was the same, ms. */
function longestStandstill(frames: readonly LandmarkFrame[]): number {
  let longest = 0;
  let since: LandmarkFrame | undefined;
  let before: LandmarkFrame | undefined;
  for (const frame of frames) {
    if (since === undefined || before === undefined || !stands(before, frame)) since = frame;
    longest = Math.max(longest, frame.at - since.at);
    before = frame;
  }
  return longest;
}

function stands(before: LandmarkFrame, now: LandmarkFrame): boolean {
  if (now.digest !== 0 && now.digest === before.digest) return true;
  const [a, b] = [before.points, now.points];
  return a !== null && b !== null && a.length === b.length && a.every((value, index) => value === b[index]);
}

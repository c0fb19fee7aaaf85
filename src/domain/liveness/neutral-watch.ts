import { FEWEST_NEUTRAL_FRAMES, NEUTRAL_MS } from './baseline.ts';
import { positionHint } from './hints.ts';
import type { LandmarkFrame } from './landmark-frame.ts';
import { readSignals, type Signals } from './signals.ts';
import { isStill } from './stillness.ts';
import type { LivenessReason } from './verdict.ts';

/** Waits for a neutral, still face, and says what is in the way. */
export interface NeutralWatch {
  /** Capture time since which the face has stood well; null while it does not. */
  readonly since: number | null;
  readonly goodFrames: number;
  readonly badSince: number | null;
  /** What to tell the citizen; null when nothing but patience is needed. */
  readonly hint: LivenessReason | null;
  readonly last: Signals | null;
}

export const NOTHING_SEEN: NeutralWatch = {
  since: null,
  goodFrames: 0,
  badSince: null,
  hint: null,
  last: null,
};

/** A blink or one stale frame does not start the wait over: what is wrong must last this long, ms. */
const FORGIVEN_MS = 400;

export function watchNeutral(watch: NeutralWatch, frame: LandmarkFrame): NeutralWatch {
  const signals = readSignals(frame);
  const hint = positionHint(frame, signals);
  const still = signals !== null && isStill(watch.last, signals);
  if (hint === null && still) {
    return {
      since: watch.since ?? frame.at,
      goodFrames: watch.goodFrames + 1,
      badSince: null,
      hint: null,
      last: signals,
    };
  }
  const badSince = watch.badSince ?? frame.at;
  if (watch.since !== null && frame.at - badSince < FORGIVEN_MS) {
    return { ...watch, badSince, last: signals ?? watch.last };
  }
  return { since: null, goodFrames: 0, badSince, hint, last: signals ?? watch.last };
}

export function isNeutral(watch: NeutralWatch, at: number): boolean {
  return (
    watch.since !== null &&
    watch.badSince === null &&
    at - watch.since >= NEUTRAL_MS &&
    watch.goodFrames >= FEWEST_NEUTRAL_FRAMES
  );
}

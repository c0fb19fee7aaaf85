import { isAtRest } from '#domain/liveness/at-rest.ts';
import { type Baseline, FEWEST_NEUTRAL_FRAMES, NEUTRAL_MS } from '#domain/liveness/baseline.ts';
import { observeStep } from '#domain/liveness/checks/steps.ts';
import { baselineOf } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, NOTHING_SEEN, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import { readSignals, type Signals, smoothSignals } from '#domain/liveness/signals.ts';
import { READING_MS } from '#domain/liveness/thresholds.ts';
import { DELAYS } from '#station/face/conducting.ts';
import { TAKES } from '../run/virtual-try.ts';
import { FIRST_PROMPT } from './recording.ts';

/** What the order of movements alone makes of a recording and a plan. */
export interface Foreseen {
  /** The frame with which the try begins, so that the first prompt comes when the recording expects it. */
  readonly from: number;
  /** False when a movement fails the try; true promises nothing: other checks follow. */
  readonly inOrder: boolean;
}

/**
 * Foresees a try without conducting it: when the face counts as neutral, when each prompt stands, and whether what is
 * seen in its window is what it asks. Looks at each movement with the judge's own detectors, and at nothing else.
 */
export function foreseer(frames: readonly LandmarkFrame[]): (plan: Plan) => Foreseen {
  const latest = frames.findIndex(({ at }) => at >= FIRST_PROMPT);
  const beginnings = frames
    .slice(0, latest)
    .map((_, from) => ({ from, neutral: neutralAfter(frames, from) }));
  const looks = new Map<string, Look | null>();

  return (plan) => {
    const gap = plan.steps[0]?.gapMs ?? 0;
    const promptAt = (neutral: number) => neutral + TAKES.tracking + gap + TAKES.painting;
    const fitting = beginnings
      .flatMap(({ from, neutral }) => (neutral === null ? [] : [{ from, shownAt: promptAt(neutral) }]))
      .toSorted((a, b) => Math.abs(a.shownAt - FIRST_PROMPT) - Math.abs(b.shownAt - FIRST_PROMPT))[0];
    if (fitting === undefined) return { from: 0, inOrder: false };
    const { from, shownAt } = fitting;
    const span = { from: Math.round(shownAt) - gap - NEUTRAL_MS, until: Math.round(shownAt) };
    const key = `${span.from} ${span.until}`;
    if (!looks.has(key)) looks.set(key, lookAt(frames, span));
    const look = looks.get(key) ?? null;
    return { from, inOrder: look !== null && answersAll({ look, plan, frames, shownAt: span.until }) };
  };
}

/** Capture time at which the face counts as neutral when the try begins with this frame; null if it never does. */
function neutralAfter(frames: readonly LandmarkFrame[], from: number): number | null {
  let watch = NOTHING_SEEN;
  for (const frame of frames.slice(from)) {
    watch = watchNeutral(watch, frame);
    if (isNeutral(watch, frame.at)) return frame.at;
    if (frame.at > FIRST_PROMPT) return null;
  }
  return null;
}

interface Look {
  readonly baseline: Baseline;
  readonly signals: readonly Signals[];
}

function lookAt(
  frames: readonly LandmarkFrame[],
  span: { readonly from: number; readonly until: number },
): Look | null {
  const since = frames.filter(({ at }) => at >= span.from);
  const neutral = since.filter(({ at }) => at <= span.until);
  const baseline = neutral.length < FEWEST_NEUTRAL_FRAMES ? null : baselineOf(neutral);
  return baseline === null
    ? null
    : { baseline, signals: smoothSignals(since.flatMap((frame) => readSignals(frame) ?? [])) };
}

function answersAll({
  look,
  plan,
  frames,
  shownAt,
}: {
  readonly look: Look;
  readonly plan: Plan;
  readonly frames: readonly LandmarkFrame[];
  readonly shownAt: number;
}): boolean {
  const { baseline, signals } = look;
  let prompted = shownAt;
  for (const [index, { action, windowMs }] of plan.steps.entries()) {
    const opensAt = prompted + READING_MS;
    const prompt = { action, shownAt: prompted, opensAt, closesAt: opensAt + windowMs };
    const { asked, otherAt } = observeStep({ prompt, signals, baseline });
    if (asked.state !== 'done' || asked.doneAt > prompt.closesAt || otherAt !== null) return false;
    const { doneAt } = asked;
    const rested = frames.find((frame) => {
      if (frame.at <= doneAt) return false;
      const read = readSignals(frame);
      return read !== null && isAtRest(read, baseline);
    });
    const leftAt = Math.min(
      (rested?.at ?? Number.POSITIVE_INFINITY) + TAKES.tracking,
      doneAt + TAKES.tracking + DELAYS.returning,
    );
    prompted = Math.round(leftAt + (plan.steps[index + 1]?.gapMs ?? 0) + TAKES.painting);
  }
  return true;
}

import type { Baseline } from '#domain/liveness/baseline.ts';
import { continuityFindings } from '#domain/liveness/checks/continuity.ts';
import { portraitFindings } from '#domain/liveness/checks/pictures.ts';
import { longestSecondFace } from '#domain/liveness/checks/position.ts';
import { observeStep } from '#domain/liveness/checks/steps.ts';
import { baselineOf, framesWithin, neutralSpan } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, NOTHING_SEEN, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';
import { MOST_TRACE_FRAMES } from '#domain/liveness/trace.ts';
import { GATE, PORTRAIT_HINTS, portraitFault } from '#domain/portrait/gate.ts';
import { type Conducting, DELAYS, type Step, WAITING_TRACE_MS } from './conducting.ts';
import { checkBatch, type FrameBatch } from './frame-batch.ts';
import { admit } from './renderer-clock.ts';
import type { TryChange } from './try-change.ts';

/** Admits a batch of frames, keeps what the evidence keeps, and lets the step under way look at it. */
export function takeFrames(change: TryChange, batch: FrameBatch) {
  const clock = Number.isFinite(batch.sentAt)
    ? admit(change.state.clock, { now: change.now, sentAt: batch.sentAt })
    : ({ ok: false, error: 'malformed' } as const);
  if (!clock.ok) return change.refuse(`frames-${clock.error}`);
  const admitted = checkBatch(batch, change.state.lastFrameAt);
  if (!admitted.ok) return change.refuse(`frames-${admitted.error}`);
  const fresh = thin(change.state.trace.at(-1), admitted.value);
  change.with({
    clock: clock.value,
    lastFrameAt: admitted.value.at(-1)?.at ?? change.state.lastFrameAt,
    trace: [...change.state.trace, ...fresh],
  });
  if (fresh.length === 0) return;
  if (change.state.trace.length >= MOST_TRACE_FRAMES) return change.end();
  if (change.state.step.name === 'camera') {
    change.with({ framesSince: change.now });
    change.step({ name: 'positioning' });
  }
  look(change, fresh);
}

function look(change: TryChange, fresh: readonly LandmarkFrame[]) {
  const { step } = change.state;
  if (step.name === 'positioning') return lookForNeutral(change, fresh);
  if (somethingBroke(change.state)) {
    return change.state.prompts.length === 0 && step.name === 'gap' ? startOver(change) : change.end();
  }
  switch (step.name) {
    case 'acting':
      return lookForAction(change, step);
    case 'returning':
      return lookForReturn(change, step);
    case 'portrait':
      return lookForPortrait(change, step, fresh.length);
    default:
      return;
  }
}

function lookForNeutral(change: TryChange, fresh: readonly LandmarkFrame[]): void {
  const watch = fresh.reduce(watchNeutral, change.state.watch);
  const last = fresh.at(-1)?.at ?? 0;
  change.with({
    watch,
    trace: change.state.trace.filter(({ at }) => at >= last - WAITING_TRACE_MS),
  });
  const told = watch.since === null && watch.hint !== null;
  change.show(told ? { phase: 'positioning', hint: watch.hint } : { phase: 'hold-still' });
  if (!isNeutral(watch, last)) return;
  change.step({ name: 'gap', index: 0, until: change.now + (change.state.plan.steps[0]?.gapMs ?? 0) });
  change.askPicture('neutral');
  // The best frame of the wait: kept if the end should not give a better one.
  change.askPicture('early-portrait');
}

function startOver(change: TryChange): void {
  change.with({ watch: NOTHING_SEEN });
  change.step({ name: 'positioning' });
}

/** The hard faults that end a try at once; the judge finds the same ones in the same frames. */
function somethingBroke(state: Conducting): boolean {
  const from = neutralSpan({ ...state, flashes: [] })?.from ?? state.watch.since ?? 0;
  const frames = state.trace.filter(({ at }) => at >= from);
  return (
    longestSecondFace(frames) > THRESHOLDS.secondFaceTime.value ||
    continuityFindings(frames).some(({ check }) => !check.passed)
  );
}

/** The person's own baseline, from the very frames that the judge will take it from. */
export function baselineSoFar(state: Conducting): Baseline | null {
  const span = neutralSpan({ ...state, flashes: [] });
  return span === null ? null : baselineOf(framesWithin(state.trace, span));
}

function lookForAction(change: TryChange, step: Extract<Step, { name: 'acting' }>) {
  const { state } = change;
  const prompt = state.prompts[step.index];
  const baseline = baselineSoFar(state);
  if (prompt === undefined || baseline === null) return change.end();
  const from = neutralSpan({ ...state, flashes: [] })?.from ?? 0;
  const signals = smoothSignals(
    state.trace.filter(({ at }) => at >= from).flatMap((frame) => readSignals(frame) ?? []),
  );
  const { asked, otherAt } = observeStep({ prompt, signals, baseline });
  const reachedAt = asked.state === 'waiting' ? null : asked.reachedAt;
  // A picture when the action is reached, and a new one when it is reached anew (the second closure of a blink).
  if (reachedAt !== null && reachedAt !== step.reachedAt) change.askPicture(prompt.action);
  if (otherAt !== null) return change.end();
  if (asked.state === 'done') {
    change.step({ name: 'returning', index: step.index, since: change.now });
    change.show({ phase: 'between', index: step.index });
    return;
  }
  change.step({ ...step, reachedAt });
  if ((signals.at(-1)?.at ?? 0) > prompt.closesAt) change.end();
}

/** The next prompt waits until the face is back, so that it is read from the front and the next action has a beginning. */
function lookForReturn(change: TryChange, step: Extract<Step, { name: 'returning' }>): void {
  const baseline = baselineSoFar(change.state);
  const frame = change.state.trace.at(-1);
  const signals = frame === undefined ? null : readSignals(frame);
  if (baseline === null || signals === null) return;
  const back =
    Math.abs(signals.yaw - baseline.yaw) < THRESHOLDS.turnOnset.value &&
    signals.mouth - baseline.mouth < THRESHOLDS.mouthOnset.value &&
    Math.max(signals.rightEye / baseline.rightEye, signals.leftEye / baseline.leftEye) >
      THRESHOLDS.eyesReopened.value;
  if (back) leaveReturning(change, step.index);
}

export function leaveReturning(change: TryChange, index: number): void {
  const next = change.state.plan.steps[index + 1];
  change.step(
    next === undefined
      ? { name: 'portrait', since: change.now, goodFrames: 0 }
      : { name: 'gap', index: index + 1, until: change.now + next.gapMs },
  );
}

/** Frames that must pass the gate one after the other before a portrait is asked for. */
const GOOD_FRAMES = 3;

function lookForPortrait(change: TryChange, step: Extract<Step, { name: 'portrait' }>, freshCount: number) {
  const { trace } = change.state;
  const baseline = baselineSoFar(change.state);
  if (baseline === null) return change.end();
  const waited = change.now - step.since;
  const eyeDistance = waited < DELAYS.betterPortrait ? GATE.eyeDistance : GATE.eyeDistanceLeast;
  let { goodFrames } = step;
  let hint = null;
  for (let index = trace.length - freshCount; index < trace.length; index += 1) {
    const frame = trace[index];
    const before = trace[index - 1];
    if (frame === undefined) continue;
    const fault = portraitFault({
      frame,
      baseline,
      eyeDistance,
      before: before === undefined ? null : readSignals(before),
    });
    goodFrames = fault === null ? goodFrames + 1 : 0;
    hint = fault === null ? null : PORTRAIT_HINTS[fault];
  }
  change.step({ ...step, goodFrames });
  if (waited > DELAYS.portraitHint) {
    const lastIndex = change.state.plan.steps.length - 1;
    change.show(hint === null ? { phase: 'between', index: lastIndex } : { phase: 'positioning', hint });
  }
  if (goodFrames >= GOOD_FRAMES && !change.isAsked('portrait')) {
    change.step({ ...step, goodFrames: 0 });
    change.askPicture('portrait');
  }
}

/** Portraits whose frame passes the gate as the judge will apply it. */
export function usablePortraits(state: Conducting): Conducting['portraits'] {
  const span = neutralSpan({ ...state, flashes: [] });
  const baseline = baselineSoFar(state);
  if (span === null || baseline === null) return [];
  const trace = state.trace.filter(({ at }) => at >= span.from);
  return state.portraits.filter(({ at }) =>
    portraitFindings({ trace, at, baseline }).every(({ check }) => check.passed),
  );
}

import { isAtRest } from '#domain/liveness/at-rest.ts';
import { continuityFindings } from '#domain/liveness/checks/continuity.ts';
import { cutFindings } from '#domain/liveness/checks/cuts.ts';
import type { Finding } from '#domain/liveness/checks/finding.ts';
import { repeatFindings } from '#domain/liveness/checks/picture-repeats.ts';
import { longestSecondFace } from '#domain/liveness/checks/position.ts';
import { observeStep } from '#domain/liveness/checks/steps.ts';
import { neutralSpan } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';
import { MOST_TRACE_FRAMES } from '#domain/liveness/trace.ts';
import { GATE, PORTRAIT_HINTS, portraitFault } from '#domain/portrait/gate.ts';
import { baselineSoFar } from './baseline-so-far.ts';
import { type Conducting, DELAYS, type Step, WAITING_TRACE_MS } from './conducting.ts';
import { giveNextFlash, startOver } from './flashes.ts';
import { checkBatch, type FrameBatch } from './frame-batch.ts';
import { settle } from './portrait-choice.ts';
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
  change.with({
    clock: clock.value,
    lastFrameAt: admitted.value.at(-1)?.at ?? change.state.lastFrameAt,
  });
  if (isComplete(change.state.step)) return;
  const { trace } = change.state;
  const fresh = thin(trace.at(-1), admitted.value).slice(0, MOST_TRACE_FRAMES - trace.length);
  if (fresh.length === 0) return;
  change.with({ trace: [...trace, ...fresh] });
  if (change.state.trace.length >= MOST_TRACE_FRAMES) return breakOff(change);
  if (change.state.step.name === 'camera') {
    change.with({ framesSince: change.now });
    change.step({ name: 'positioning' });
  }
  look(change, fresh);
}

/** Everything was seen; the evidence only waits for pictures and what is told of them. */
function isComplete(step: Step): boolean {
  return step.name === 'pictures' || step.name === 'reading';
}

function look(change: TryChange, fresh: readonly LandmarkFrame[]) {
  const { step } = change.state;
  // No camera sends a picture again, wherever in a try; waiting would not mend it.
  if (isFound(repeatFindings(change.state.trace))) return stopFor(change);
  if (step.name === 'positioning') return lookForNeutral(change, fresh);
  if (somethingBroke(change.state)) return breakOff(change);
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
  change.askPicture('neutral');
  // The best frame of the wait: kept if the end should not give a better one.
  change.askPicture('early-portrait');
  giveNextFlash(change, 0);
}

/** Once a portrait was shown, whatever breaks only ends the choice. */
function stopFor(change: TryChange) {
  if (change.state.choice !== null) settle(change);
  else change.end();
}

/** Before the first prompt nothing is lost. */
function breakOff(change: TryChange): void {
  const { step, prompts } = change.state;
  const nothingAsked = prompts.length === 0 && (step.name === 'gap' || step.name === 'flash');
  if (nothingAsked && change.state.trace.length < MOST_TRACE_FRAMES) startOver(change);
  else stopFor(change);
}

/** The hard faults that end a try at once; the judge finds the same ones in the same frames. */
function somethingBroke(state: Conducting): boolean {
  const trace = framesSinceNeutral(state);
  return (
    longestSecondFace(trace) > THRESHOLDS.secondFaceTime.value ||
    isFound(continuityFindings(trace)) ||
    isFound(cutFindings({ trace, flashes: state.flashes }))
  );
}

function framesSinceNeutral(state: Conducting): readonly LandmarkFrame[] {
  const from = neutralSpan(state)?.from ?? state.watch.since ?? 0;
  return state.trace.filter(({ at }) => at >= from);
}

function isFound(findings: readonly Finding[]): boolean {
  return findings.some(({ check }) => !check.passed);
}

function lookForAction(change: TryChange, step: Extract<Step, { name: 'acting' }>) {
  const { state } = change;
  const prompt = state.prompts[step.index];
  const baseline = baselineSoFar(state);
  if (prompt === undefined || baseline === null) return change.end();
  const from = neutralSpan(state)?.from ?? 0;
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
  if (isAtRest(signals, baseline)) leaveReturning(change, step.index);
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
      flashes: change.state.flashes,
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

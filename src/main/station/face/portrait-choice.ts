import { nearestFrame, portraitFindings } from '#domain/liveness/checks/pictures.ts';
import { neutralSpan } from '#domain/liveness/judge.ts';
import {
  comparePortraits,
  type PortraitScores,
  portraitScores,
  sharpnessRank,
} from '#domain/portrait/scores.ts';
import { PORTRAIT_RETAKES } from '#domain/session/portrait-choice.ts';
import { baselineSoFar } from './baseline-so-far.ts';
import { type Conducting, DELAYS, type PortraitCandidate } from './conducting.ts';
import type { TryChange } from './try-change.ts';

/** Shows the portrait as soon as the end gave a usable one, or when the beginning did and the end takes too long. */
export function offerFirstGood(change: TryChange): void {
  const { step, choice } = change.state;
  if (step.name !== 'portrait') return;
  const usable = usablePortraits(change.state);
  const waitedEnough = change.now - step.since >= DELAYS.betterPortrait;
  const taken = usable.some(({ early }) => !early) || (usable.length > 0 && waitedEnough);
  const best = bestOf(usable, change.state);
  if (!taken || best === null) return;
  if (choice !== null) change.forget(choice.portrait);
  offer(change, best, choice === null ? PORTRAIT_RETAKES : choice.retakesLeft);
}

/** No better one came in its time: the one that was shown before is shown again. */
export function offerFormer(change: TryChange): void {
  const { choice } = change.state;
  if (choice === null) change.end();
  else offer(change, choice.portrait, choice.retakesLeft);
}

/** What the citizen says of a portrait that is not shown any more means nothing. */
export function takeChoice(change: TryChange, word: 'keep' | 'retake') {
  const { step, choice, plan } = change.state;
  if (step.name !== 'choosing' || choice === null) return;
  if (word === 'keep') return settle(change);
  if (choice.retakesLeft === 0) return;
  change.with({ choice: { ...choice, retakesLeft: choice.retakesLeft - 1 } });
  change.step({ name: 'portrait', since: change.now, goodFrames: 0 });
  change.command({ type: 'forget' });
  change.show({ phase: 'between', index: plan.steps.length - 1 });
}

/**
 * The portrait that was shown last stays. The evidence ends where it was shown: what the citizen did while looking at
 * it, or what broke there, is nobody's business.
 */
export function settle(change: TryChange): void {
  const { choice, trace } = change.state;
  const kept = choice?.frames ?? trace.length;
  for (const { points } of trace.slice(kept)) if (points !== null) change.discard(points);
  change.with({ trace: trace.slice(0, kept) });
  change.step({ name: 'pictures', since: change.now });
  change.show({ phase: 'checking' });
}

function offer(change: TryChange, portrait: PortraitCandidate, retakesLeft: number): void {
  const { portraits, trace } = change.state;
  for (const other of portraits) if (other !== portrait) change.forget(other);
  change.with({ portraits: [], choice: { portrait, retakesLeft, frames: trace.length } });
  change.step({ name: 'choosing', since: change.now });
  change.offer(portrait.jpeg, retakesLeft);
}

/** By their smallest score, then their mean. */
function bestOf(usable: readonly PortraitCandidate[], state: Conducting): PortraitCandidate | null {
  const scored = usable.flatMap((portrait) => {
    const scores = scoresOf(portrait, state);
    return scores === null ? [] : [{ portrait, scores }];
  });
  return scored.sort((a, b) => comparePortraits(a.scores, b.scores))[0]?.portrait ?? null;
}

export function scoresOf(portrait: PortraitCandidate, { trace }: Conducting): PortraitScores | null {
  const frame = trace[nearestFrame(trace, portrait.at)];
  return frame === undefined ? null : portraitScores({ frame, sharpnessRank: sharpnessRank(frame, trace) });
}

/** Portraits whose frame passes the gate as the judge will apply it; one that a flash lit does not. */
function usablePortraits(state: Conducting): readonly PortraitCandidate[] {
  const span = neutralSpan(state);
  const baseline = baselineSoFar(state);
  if (span === null || baseline === null) return [];
  const trace = state.trace.filter(({ at }) => at >= span.from);
  const { flashes } = state;
  return state.portraits.filter(({ at }) =>
    portraitFindings({ trace, at, baseline, flashes }).every(({ check }) => check.passed),
  );
}

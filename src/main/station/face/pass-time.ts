import { assertNever } from '#domain/result.ts';
import { type Conducting, DELAYS } from './conducting.ts';
import { toStation } from './renderer-clock.ts';
import { leaveReturning, usablePortraits } from './take-frames.ts';
import type { TryChange } from './try-change.ts';

/** What the passing of time alone changes; called after every event. */
export function passTime(change: TryChange) {
  forgetUnansweredPictures(change);
  finishPortrait(change);
  const { step, asked } = change.state;
  if (step.name === 'pictures' && asked.length === 0) return change.end();
  const due = nextDue(change.state);
  if (due === null || change.now < due) return;
  switch (step.name) {
    case 'camera':
    case 'positioning':
    case 'painting':
    case 'acting':
    case 'portrait':
    case 'pictures':
      return change.end();
    case 'gap':
      return givePrompt(change, step.index);
    case 'returning':
      return leaveReturning(change, step.index);
    case 'ended':
      return;
    default:
      return assertNever(step);
  }
}

/** Station time at which something happens even if nobody sends anything; null when the try is over. */
export function nextDue(state: Conducting): number | null {
  const { step } = state;
  switch (step.name) {
    case 'camera':
      return step.since + DELAYS.firstFrame;
    case 'positioning':
      return (state.framesSince ?? 0) + DELAYS.positioning;
    case 'gap':
      return step.until;
    case 'painting':
      return step.since + DELAYS.painting;
    case 'acting': {
      const closesAt = state.prompts[step.index]?.closesAt ?? 0;
      return state.clock === null ? 0 : toStation(state.clock, closesAt) + DELAYS.stragglers;
    }
    case 'returning':
      return step.since + DELAYS.returning;
    case 'portrait':
      return step.since + DELAYS.portrait;
    case 'pictures':
      return step.since + DELAYS.picture;
    case 'ended':
      return null;
    default:
      return assertNever(step);
  }
}

function givePrompt(change: TryChange, index: number) {
  const planned = change.state.plan.steps[index];
  if (planned === undefined) return change.end();
  change.step({ name: 'painting', index, since: change.now });
  change.show({ phase: 'prompt', index, action: planned.action });
}

/** Done when the end gave a usable portrait, or when the beginning did and the end takes too long. */
function finishPortrait(change: TryChange) {
  const { step } = change.state;
  if (step.name !== 'portrait') return;
  const usable = usablePortraits(change.state);
  const waitedEnough = change.now - step.since >= DELAYS.betterPortrait;
  if (usable.some(({ early }) => !early) || (usable.length > 0 && waitedEnough)) {
    change.step({ name: 'pictures', since: change.now });
  }
}

/** A picture that never came is asked for again while the action's time lasts; the judge needs one of each. */
function forgetUnansweredPictures(change: TryChange): void {
  const { asked, step, keyFrames, plan } = change.state;
  const open = asked.filter(({ askedAt }) => change.now - askedAt < DELAYS.picture);
  if (open.length !== asked.length) change.with({ asked: open });
  if (step.name !== 'returning') return;
  const action = plan.steps[step.index]?.action;
  if (action === undefined || keyFrames.some(({ purpose }) => purpose === action)) return;
  if (!change.isAsked(action)) change.askPicture(action);
}

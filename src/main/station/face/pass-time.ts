import { FLASH_MS } from '#domain/liveness/flash-colour.ts';
import { assertNever } from '#domain/result.ts';
import { type Conducting, DELAYS } from './conducting.ts';
import { giveNextFlash, passUnpaintedFlash } from './flashes.ts';
import { offerFirstGood, offerFormer, settle } from './portrait-choice.ts';
import { toStation } from './renderer-clock.ts';
import { leaveReturning } from './take-frames.ts';
import type { TryChange } from './try-change.ts';

/** What the passing of time alone changes; called after every event. */
export function passTime(change: TryChange) {
  forgetUnansweredPictures(change);
  offerFirstGood(change);
  if (change.state.step.name === 'pictures' && change.state.asked.length === 0) {
    change.step({ name: 'reading', since: change.now });
  }
  const { step } = change.state;
  if (step.name === 'reading' && change.state.unread.length === 0) return change.end();
  const due = nextDue(change.state);
  if (due === null || change.now < due) return;
  switch (step.name) {
    case 'camera':
    case 'positioning':
    case 'painting':
    case 'acting':
    case 'reading':
      return change.end();
    case 'flash':
      return step.paintedAt === null ? passUnpaintedFlash(change) : giveNextFlash(change, step.index + 1);
    case 'portrait':
      return offerFormer(change);
    case 'choosing':
      return settle(change);
    case 'pictures':
      return change.step({ name: 'reading', since: change.now });
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
    case 'flash':
      return step.paintedAt === null ? step.since + DELAYS.flashPainting : step.paintedAt + FLASH_MS;
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
    case 'choosing':
      return step.since + DELAYS.choice;
    case 'pictures':
      return step.since + DELAYS.picture;
    case 'reading':
      return step.since + DELAYS.reading;
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

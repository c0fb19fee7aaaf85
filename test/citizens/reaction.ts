import type { Action } from '../../src/domain/liveness/action.ts';
import type { HeadPose } from './head-pose.ts';
import { durationOf, perform } from './performance.ts';

/** A person reads a prompt and moves after this long, milliseconds. */
const SHORTEST_REACTION = 400;
const LONGEST_REACTION = 700;
/** Whoever still sees the same prompt this long after having done it does it again. */
const TRIES_AGAIN_AFTER = 1800;

type Move = (held: HeadPose) => HeadPose;

interface Doing {
  readonly action: Action;
  readonly begins: number;
  readonly ends: number;
}

/** Turns what the screen asks, moment by moment, into movements; null while there is none to make. */
export function actingOn(options: {
  readonly random: () => number;
}): (moment: { readonly now: number; readonly asked: Action | null }) => Move | null {
  let seen: Action | null = null;
  let doing: Doing | null = null;

  function plan(action: Action, now: number): Doing {
    const begins = now + SHORTEST_REACTION + options.random() * (LONGEST_REACTION - SHORTEST_REACTION);
    return { action, begins, ends: begins + durationOf(action) };
  }

  return ({ now, asked }) => {
    const begun = doing !== null && now >= doing.begins;
    if (asked !== seen) {
      seen = asked;
      // A movement under way is finished; one that was only meant is dropped.
      if (!begun || (doing && now >= doing.ends)) doing = asked ? plan(asked, now) : null;
    }
    if (doing && now >= doing.ends && seen) {
      if (seen !== doing.action) doing = plan(seen, now);
      else if (now >= doing.ends + TRIES_AGAIN_AFTER) doing = plan(seen, now);
    }
    if (!doing || now < doing.begins || now >= doing.ends) return null;
    const { action, begins } = doing;
    return (held) => perform({ action, time: now - begins }, held);
  };
}

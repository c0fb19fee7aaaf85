import { ACTIONS } from '../../../src/domain/liveness/action.ts';
import type { LivenessReason } from '../../../src/domain/liveness/verdict.ts';
import type { Moment, Told } from '../../citizens/performer.ts';

const NEUTRAL = 3000;
const PROMPT = 2600;
const GAP = 900;
const FLASHES = 1500;

/** A try in which each of the six actions is asked, one after the other: what a performer is told, moment by moment. */
export function sampleMoments(every: number): readonly Moment[] {
  const length = NEUTRAL + ACTIONS.length * (PROMPT + GAP);
  return Array.from({ length: Math.floor(length / every) }, (_, i) => momentAt(i * every));
}

/** The moment of the sample in which an action has been asked for so long. */
export function momentIn(action: (typeof ACTIONS)[number], since: number): Moment {
  return momentAt(NEUTRAL + ACTIONS.indexOf(action) * (PROMPT + GAP) + since);
}

/** A try whose face is told one thing for some time, and nothing is asked. */
export function momentWithHint(time: number, reason: LivenessReason): Moment {
  return {
    time,
    asked: null,
    askedSince: null,
    flash: null,
    hint: reason,
    told: [{ kind: 'hint', reason, since: 0, until: null }],
  };
}

function momentAt(time: number): Moment {
  const told = ACTIONS.flatMap((action, number): Told[] => {
    const since = NEUTRAL + number * (PROMPT + GAP);
    if (since > time) return [];
    const until = since + PROMPT;
    return [{ kind: 'prompt', action, since, until: until <= time ? until : null }];
  });
  const last = told.at(-1);
  const asked = last?.kind === 'prompt' && last.until === null ? last : null;
  return {
    time,
    asked: asked?.action ?? null,
    askedSince: asked?.since ?? null,
    flash: time >= FLASHES && time < NEUTRAL - GAP ? 'green' : null,
    hint: null,
    told,
  };
}

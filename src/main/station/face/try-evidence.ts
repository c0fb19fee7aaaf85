import type { KeyFrame, Portrait } from '#domain/liveness/evidence.ts';
import type { JudgedTry } from '#domain/liveness/judge.ts';
import type { Conducting } from './conducting.ts';
import { scoresOf } from './portrait-choice.ts';

/** What a try that is over has come to: what is judged, and the pictures that go with it. Pure. */
export interface TryEvidence {
  readonly judged: JudgedTry;
  readonly keyFrames: readonly KeyFrame[];
  readonly portrait: Portrait | null;
}

export function tryEvidence(state: Conducting): TryEvidence {
  const { attempt, plan, exchanges, prompts, flashes, trace, choice } = state;
  const keyFrames = state.keyFrames.map(({ at, purpose, jpeg, embedding, passive }) => ({
    at,
    purpose,
    jpeg,
    embedding,
    passive,
  }));
  const scores = choice === null ? null : scoresOf(choice.portrait, state);
  const portrait =
    choice === null || scores === null ? null : { attempt, ...pictureOf(choice.portrait), scores };
  return { judged: { plan, exchanges, prompts, flashes, trace, keyFrames, portrait }, keyFrames, portrait };
}

function pictureOf({ at, jpeg, embedding }: Pick<Portrait, 'at' | 'jpeg' | 'embedding'>) {
  return { at, jpeg, embedding };
}

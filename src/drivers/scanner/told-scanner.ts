import { assertNever } from '#domain/result.ts';
import { clearNote, note, type ScannerEffect } from './scanner-protocol.ts';
import {
  initialTriggerState,
  stepTrigger,
  type TriggerEffect,
  type TriggerEvent,
  type TriggerWords,
  triggerDue,
} from './trigger.ts';

/** Answers in a row that may be missing before a scanner counts as out of service. */
const MOST_MISSED = 3;

/** The part of every scanner protocol that tells the scanner what to do. */
export interface ToldScanner {
  step(event: TriggerEvent, at: number): ScannerEffect[];
  due(): number | null;
}

/**
 * Without words nothing is ever said, and every answer is a stranger's. One that answers what it is told is ready when it
 * has answered or given a code: until then nobody knows whether it is a scanner at all.
 */
export function toldScanner(words: TriggerWords | null): ToldScanner {
  let state = initialTriggerState(words ?? { on: [], off: [], opening: [], answerTime: null });
  let heardOf = true;
  return {
    step(event, at) {
      const next = stepTrigger(state, event, at);
      state = next.state;
      if (event.type === 'opened') heardOf = state.words.answerTime === null;
      if (event.type === 'answered' || event.type === 'looked') heardOf = true;
      const effects = next.effects.flatMap((effect) => scannerEffects(effect, heardOf));
      return event.type === 'opened' && !heardOf
        ? [note('silence', 'has not answered yet', 'connecting'), ...effects]
        : effects;
    },
    due: () => triggerDue(state),
  };
}

function scannerEffects(effect: TriggerEffect, heardOf: boolean): ScannerEffect[] {
  switch (effect.do) {
    case 'write':
      return [effect];
    case 'accepted':
      return [{ do: 'count', what: 'frames' }, clearNote('silence'), clearNote('command')];
    case 'refused':
      return [
        { do: 'count', what: 'frames' },
        clearNote('silence'),
        note('command', `the scanner refused ${effect.command}: ${effect.refusal}`),
      ];
    case 'unanswered': {
      const usual = heardOf ? 'ready' : 'connecting';
      const standing = effect.inARow >= MOST_MISSED ? 'out-of-service' : usual;
      return [{ do: 'count', what: 'timeouts' }, note('silence', `no answer to ${effect.command}`, standing)];
    }
    case 'stranger':
      return [{ do: 'count', what: 'damaged' }];
    default:
      return assertNever(effect);
  }
}

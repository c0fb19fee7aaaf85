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

/** Without words nothing is ever said, and every answer is a stranger's. */
export function toldScanner(words: TriggerWords | null): ToldScanner {
  let state = initialTriggerState(words ?? { on: [], off: [], opening: [], answerTime: null });
  return {
    step(event, at) {
      const next = stepTrigger(state, event, at);
      state = next.state;
      return next.effects.flatMap(scannerEffects);
    },
    due: () => triggerDue(state),
  };
}

function scannerEffects(effect: TriggerEffect): ScannerEffect[] {
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
    case 'unanswered':
      return [
        { do: 'count', what: 'timeouts' },
        {
          do: 'note',
          about: 'silence',
          detail: `no answer to ${effect.command}`,
          outOfService: effect.inARow >= MOST_MISSED,
        },
      ];
    case 'stranger':
      return [{ do: 'count', what: 'damaged' }];
    default:
      return assertNever(effect);
  }
}

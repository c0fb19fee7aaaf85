import type { Result } from '#domain/result.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionParts } from './session-ports.ts';
import type { SessionRecord } from './session-record.ts';

export type CheckingStep = 'scanSlip' | 'scanEid' | 'checked';

/** Takes scanned slips, e-IDs and phones' answers to the check desk, one at a time. */
export interface CheckStep {
  scanned(step: CheckingStep, text: string): void;
}

export function checkStep(options: {
  readonly parts: Pick<SessionParts, 'log' | 'checkDesk'>;
  readonly live: LiveSession;
  readonly atStep: (step: CheckingStep) => boolean;
  readonly tell: (event: StationEvent) => void;
  /** A verdict that the screen shows has come to the record; the chart may stand where it stood. */
  readonly show: () => void;
}): CheckStep {
  const { parts, live, atStep, tell } = options;
  const { checkDesk } = parts;
  /** Whose code is being asked about. A scanner reads a code that is held before it again and again. */
  let asking: SessionRecord | null = null;

  /** `take` is called when the answer is still awaited: same session, same step. */
  function ask<T, E>(question: {
    readonly step: CheckingStep;
    readonly record: SessionRecord;
    readonly answer: Promise<Result<T, E>>;
    readonly take: (answer: Result<T, E>) => void;
  }): void {
    const { step, record, answer, take } = question;
    asking = record;
    answer
      .finally(() => {
        if (asking === record) asking = null;
      })
      .then((result) => {
        if (record.live && atStep(step)) take(result);
        // Nobody waits for it any more: what the desk keeps of it for the phone's answer goes as well.
        else if (asking === null && !atStep('checked')) checkDesk.forget();
      })
      .catch((error: unknown) => {
        parts.log.error('session.check-failed', { step, error });
        if (record.live) tell({ type: 'reset' });
      });
  }

  return {
    scanned(step, text) {
      const { record } = live;
      if (record === null || asking === record) return;
      switch (step) {
        case 'scanSlip':
          ask({
            step,
            record,
            answer: checkDesk.slipStatus(text),
            take(found) {
              if (found.ok) record.keepSlipStatus(found.value);
              tell(found.ok ? { type: 'slip.found' } : { type: 'slip.refused', problem: found.error });
            },
          });
          return;
        case 'scanEid':
          ask({
            step,
            record,
            answer: checkDesk.checkEid(text),
            take(checked) {
              if (checked.ok) record.keepChecked(checked.value);
              tell(
                checked.ok
                  ? { type: 'eid.checked', challenged: checked.value.challenge !== null }
                  : { type: 'eid.refused', problem: checked.error },
              );
            },
          });
          return;
        case 'checked':
          ask({
            step,
            record,
            answer: checkDesk.checkAnswer(text),
            take(checked) {
              // Any other code before the scanner, the e-ID itself above all, changes nothing.
              if (!checked.ok) return;
              record.keepChecked(checked.value);
              tell({ type: 'eid.checked', challenged: checked.value.challenge !== null });
              options.show();
            },
          });
      }
    },
  };
}

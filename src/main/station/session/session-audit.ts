import type { ChartState } from '#domain/session/accepts.ts';
import type { AuditTrail } from '#station/ports.ts';

/**
 * The session's audit entries, derived from two neighbouring states, so that no transition can forget its line; that it
 * was wiped says who did it (`session-wipe.ts`). Codes only: the session's id is random and stands in no connection with a person.
 */
export function auditSteps(audit: AuditTrail): (step: {
  readonly sessionId: string | null;
  readonly before: ChartState;
  readonly after: ChartState;
  /** The event's type, or `time`. */
  readonly cause: string;
  readonly simulated: boolean;
}) => void {
  return ({ sessionId, before, after, cause, simulated }) => {
    if (sessionId === null) return;
    const step = before.context.session.step;
    const record = (type: string, fields: Readonly<Record<string, string | boolean>>) =>
      audit.record({ type, fields: { sessionId, ...fields } });
    if (before.matches('attract') && after.matches('session')) {
      record('session.started', { language: after.context.session.language, grade: 'full', simulated });
    } else if (after.context.session.step !== step && !after.matches('closed') && !after.matches('attract')) {
      record('session.step', { from: step, to: after.context.session.step, step, event: cause });
    }
    if (!before.matches({ result: { shown: 'ticket' } }) && after.matches({ result: { shown: 'ticket' } })) {
      record('session.ticket', { step, reason: after.context.session.ticketReason });
    }
    if (!before.matches('ending') && after.matches('ending')) {
      record('session.ended', { outcome: outcomeOf(before), reason: cause, step });
    }
    if (!before.context.station.cardLeft && after.context.station.cardLeft) record('session.card-left', {});
  };
}

function outcomeOf(state: ChartState): string {
  if (state.matches({ result: { shown: 'ticket' } })) return 'ticket';
  if (state.matches('result')) return state.context.session.outcome.kind;
  return 'left';
}

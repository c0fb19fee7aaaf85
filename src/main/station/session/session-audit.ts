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
    // Staff at work are nobody's visit.
    if (sessionId === null || after.matches('staff')) return;
    const step = before.context.session.step;
    const { language, visit, step: to, ticketReason } = after.context.session;
    if (before.matches('attract') && after.matches('session')) {
      audit.record({ type: 'session.started', fields: { sessionId, language, simulated } });
    } else if (to !== step && !after.matches('closed') && !after.matches('attract')) {
      audit.record({ type: 'session.step', fields: { sessionId, from: step, to, event: cause } });
    }
    if (visit !== null && visit !== before.context.session.visit) {
      audit.record({ type: 'session.visit-chosen', fields: { sessionId, visit } });
    }
    if (!before.matches({ result: { shown: 'ticket' } }) && after.matches({ result: { shown: 'ticket' } })) {
      audit.record({ type: 'session.ticket', fields: { sessionId, step, reason: ticketReason } });
    }
    if (!before.matches('ending') && after.matches('ending')) {
      const outcome = outcomeOf(before);
      audit.record({ type: 'session.ended', fields: { sessionId, outcome, reason: cause, step } });
    }
    if (!before.context.station.cardLeft && after.context.station.cardLeft) {
      audit.record({ type: 'session.card-left', fields: { sessionId } });
    }
  };
}

function outcomeOf(state: ChartState): string {
  if (state.matches({ result: { shown: 'ticket' } })) return 'ticket';
  if (state.matches('result')) return state.context.session.outcome.kind;
  return 'left';
}

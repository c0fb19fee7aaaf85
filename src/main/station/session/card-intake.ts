import type { CardReadFault } from '#contract/driver-messages.ts';
import { isReadOffCard } from '#domain/enrolment/password-rules.ts';
import { ageBand } from '#domain/identity/age-rule.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import { decodeCardText } from '#domain/identity/card-text.ts';
import { cardValidity } from '#domain/identity/card-validity.ts';
import { assertNever } from '#domain/result.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { CardProblem } from '#domain/session/snapshot.ts';

export type CardNews = Extract<StationEvent, { type: 'card.accepted' | 'card.refused' }>;

/** A read card in the classes that the session goes by. `fault` names the place for the log, never its content. */
export function classifyCard(reading: {
  readonly text: Uint8Array;
  readonly day: CalendarDate;
  /** ASCII digits of the password chosen before, or null when it was compared already. */
  readonly passwordDigits: Uint8Array | null;
}): { readonly news: CardNews; readonly fault: string | null } {
  const decoded = decodeCardText(reading.text);
  if (!decoded.ok) {
    const problem: CardProblem = decoded.error.reason === 'wrong-card-kind' ? 'wrong-card' : 'unreadable';
    const fault = decoded.error.reason === 'damaged-field' ? decoded.error.field : decoded.error.reason;
    return { news: { type: 'card.refused', problem }, fault };
  }
  const card = decoded.value;
  const { day, passwordDigits } = reading;
  return {
    news: {
      type: 'card.accepted',
      age: ageBand({ birth: card.birth, day }),
      validity: cardValidity({ card, day }),
      passwordGuessable:
        passwordDigits !== null &&
        isReadOffCard({
          password: Buffer.from(passwordDigits).toString('latin1'),
          birth: card.birth,
          number: card.number,
        }),
    },
    fault: null,
  };
}

/** Whether the session goes on with this card, so that its octets are kept at all. */
export function isUsable(news: CardNews): boolean {
  return news.type === 'card.accepted' && news.age === 'adult' && news.validity === 'valid';
}

export function problemOf(fault: CardReadFault): CardProblem {
  switch (fault) {
    case 'put-back':
    case 'lift-and-replace':
    case 'wrong-card':
    case 'unreadable':
    case 'refused':
      return fault;
    case 'out-of-service':
      return 'reader-out-of-service';
    default:
      return assertNever(fault);
  }
}

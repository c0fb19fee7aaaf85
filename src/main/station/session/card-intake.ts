import type { CardReadFault } from '#contract/driver-messages.ts';
import { isReadOffCard } from '#domain/enrolment/password-rules.ts';
import {
  type CardRefusal,
  decodeAcceptedCard,
  isAcceptedKind,
  type OtherCardKind,
} from '#domain/identity/accepted-cards.ts';
import { ageBand } from '#domain/identity/age-rule.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
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
  const decoded = decodeAcceptedCard(reading.text);
  if (!decoded.ok) {
    const { error } = decoded;
    return { news: { type: 'card.refused', problem: problemOfText(error) }, fault: placeOf(error) };
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

/** A card of another kind is told by its kind, sound or damaged: nobody is to try again with it. */
function problemOfText(refusal: CardRefusal): CardProblem {
  return refusal.reason === 'wrong-length' || isAcceptedKind(refusal.kind)
    ? 'unreadable'
    : problemOfKind(refusal.kind);
}

function problemOfKind(kind: OtherCardKind): CardProblem {
  switch (kind) {
    case 'residence-permit':
      return 'residence-permit';
    case 'foreigner-2017':
    case 'foreigner-2023':
      return 'foreigner-card';
    default:
      return assertNever(kind);
  }
}

/** E.g. `resident: address` or `foreigner-2017: not-accepted`. */
function placeOf(refusal: CardRefusal): string {
  switch (refusal.reason) {
    case 'wrong-length':
      return refusal.reason;
    case 'damaged-field':
      return `${refusal.kind}: ${refusal.field}`;
    default:
      return `${refusal.kind}: ${refusal.reason}`;
  }
}

/** A fault that the reader reported. */
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

import type { Holder } from '#domain/enrolment/enrolment.ts';
import { type AcceptedCard, decodeAcceptedCard } from '#domain/identity/accepted-cards.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import { parseCitizenNumber } from '#domain/identity/citizen-number.ts';
import { type CardBytes, type SessionRecord, textOf } from './session-record.ts';

/**
 * Whom the session is for, read from the record's octets for the length of one call. A session has a card or a typed
 * number, never both: choosing another visit forgets what the one before gathered.
 */
export function holderOf(record: SessionRecord): Holder {
  if (record.card !== null) {
    return { source: 'card', card: { ...record.card, record: fieldsOf(record.card) } };
  }
  const number = textOf(record.number);
  if (number === null) throw new Error('somebody is named before card or number is there');
  return { source: 'typed', typed: { number, name: textOf(record.name) } };
}

/** Name and number, whichever way they came. `name` is null where none is asked for. */
export function nameAndNumber(holder: Holder): { readonly name: string | null; readonly number: string } {
  return holder.source === 'card' ? holder.card.record : holder.typed;
}

/** What a password must not be read off. Null while neither card nor number is there. */
export function knownNumber(
  record: SessionRecord,
): { readonly birth: CalendarDate; readonly number: string } | null {
  if (record.card === null && record.number === null) return null;
  const holder = holderOf(record);
  if (holder.source === 'card') return holder.card.record;
  const parsed = parseCitizenNumber(holder.typed.number);
  if (!parsed.ok) throw new Error('a number is used that was not accepted');
  return parsed.value;
}

/** The card's fields: its octets were accepted before they were kept. */
function fieldsOf(card: CardBytes): AcceptedCard {
  const decoded = decodeAcceptedCard(card.text);
  if (!decoded.ok) throw new Error('a card is used that was not accepted');
  return decoded.value;
}

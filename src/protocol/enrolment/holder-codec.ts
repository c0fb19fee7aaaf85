import type { CardReading, Holder, TypedIdentity } from '#domain/enrolment/enrolment.ts';
import { type CalendarDate, parseCompactDate } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { LONGEST_NAME } from '#domain/identity/person-name.ts';
import { assertNever } from '#domain/result.ts';
import { type Codec, mapped } from '../codec/codec.ts';
import { field, record } from '../codec/containers.ts';
import { bytes, choice, nullable, text } from '../codec/scalars.ts';

/** The form alone: whether the check character is right is judged from the number, by whoever decides. */
const citizenNumber = text({ min: 18, max: 18, pattern: /^\d{17}[\dX]$/ });

const calendarDate: Codec<CalendarDate> = mapped(text({ min: 10, max: 10 }), {
  shape: 'tstr `YYYY-MM-DD`',
  write: (date: CalendarDate) => date,
  read: (written) => {
    const date = parseCompactDate(written.replaceAll('-', ''));
    return date.ok && date.value === written ? date.value : undefined;
  },
});

const validUntil: Codec<ResidentCard['validUntil']> = mapped(text({ min: 9, max: 10 }), {
  shape: 'tstr `YYYY-MM-DD` / "long-term"',
  write: (until: ResidentCard['validUntil']) => until,
  read: (written) => {
    if (written === 'long-term') return written;
    const date = parseCompactDate(written.replaceAll('-', ''));
    return date.ok && date.value === written ? date.value : undefined;
  },
});

const residentCard = record<ResidentCard>('resident card', {
  kind: field(1, choice(['resident'])),
  name: field(2, text({ min: 1, max: 15 }), 'GA/T 490: 15 UTF-16 units'),
  sex: field(3, choice(['male', 'female', 'unknown', 'not-stated'])),
  ethnicCode: field(4, text({ min: 2, max: 2 }), 'GB/T 3304, as read'),
  birth: field(5, calendarDate),
  address: field(6, text({ max: 35 }), 'GA/T 490: 35 UTF-16 units'),
  number: field(7, citizenNumber, 'GB 11643'),
  authority: field(8, text({ max: 15 })),
  validFrom: field(9, calendarDate),
  validUntil: field(10, validUntil),
});

const cardReading = record<CardReading>('card reading', {
  text: field(1, bytes(256), 'text block as read'),
  photo: field(2, bytes(1024), 'portrait block as read, WLT-coded'),
  record: field(3, residentCard, "the station's reading of the text block"),
  samId: field(4, text({ min: 1, max: 64 }), 'security module of the reader'),
});

const typedIdentity = record<TypedIdentity>('typed identity', {
  number: field(1, citizenNumber, 'GB 11643'),
  name: field(2, nullable(text({ min: 1, max: LONGEST_NAME })), 'null when a lost e-ID is reported'),
});

interface WireHolder {
  readonly source: Holder['source'];
  readonly card: CardReading | null;
  readonly typed: TypedIdentity | null;
}

const wireHolder = record<WireHolder>('holder', {
  source: field(1, choice(['card', 'typed'])),
  card: field(2, nullable(cardReading), 'null when typed'),
  typed: field(3, nullable(typedIdentity), 'null with a card'),
});

export const holderCodec: Codec<Holder> = mapped(wireHolder, {
  write: (holder: Holder): WireHolder => {
    switch (holder.source) {
      case 'card':
        return { source: 'card', card: holder.card, typed: null };
      case 'typed':
        return { source: 'typed', card: null, typed: holder.typed };
      default:
        return assertNever(holder);
    }
  },
  read: ({ source, card, typed }): Holder | undefined => {
    switch (source) {
      case 'card':
        return card !== null && typed === null ? { source, card } : undefined;
      case 'typed':
        return typed !== null && card === null ? { source, typed } : undefined;
      default:
        return assertNever(source);
    }
  },
});

/** In the order of the documentation. */
export const HOLDER_RECORDS = [holderCodec, cardReading, residentCard, typedIdentity] as const;

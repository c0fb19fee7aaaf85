import type { CalendarDate } from './calendar-date.ts';
import type { CardRecord } from './card-record.ts';

export type CardValidity = 'valid' | 'expired' | 'not-yet-valid';

/** Whether a card is valid on a day in China. Both printed days belong to the period. */
export function cardValidity(question: {
  readonly card: Pick<CardRecord, 'validFrom' | 'validUntil'>;
  readonly day: CalendarDate;
}): CardValidity {
  const { card, day } = question;
  if (day < card.validFrom) return 'not-yet-valid';
  return card.validUntil !== 'long-term' && day > card.validUntil ? 'expired' : 'valid';
}

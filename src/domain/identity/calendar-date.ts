import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** A day of the Gregorian calendar without a time zone, written `YYYY-MM-DD`. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };

/** Reads `YYYYMMDD`, the form that GA/T 490 and GB 11643 use. Refuses days that do not exist. */
export function parseCompactDate(text: string): Result<CalendarDate, 'not-a-date'> {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return err('not-a-date');
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const written = `${year}-${month}-${day}`;
  return date.toISOString().slice(0, 10) === written && Number(year) >= 1800
    ? ok(written as CalendarDate)
    : err('not-a-date');
}

/** Full years between a birth and a day; someone born on 29 February is a year older on 1 March. */
export function ageOn(day: CalendarDate, birth: CalendarDate): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** The calendar day in China (UTC+8, no summer time), which decides age and validity. */
export function dayInChina(epochMilliseconds: number): CalendarDate {
  return new Date(epochMilliseconds + 8 * 3_600_000).toISOString().slice(0, 10) as CalendarDate;
}

import type { CalendarDate } from './calendar-date.ts';
import { ageOn } from './calendar-date.ts';

/**
 * Under 14 a guardian has to consent (PIPL art. 31); from 14 to 17 a guardian comes along. Both go to a desk.
 */
export type AgeBand = 'under-14' | '14-17' | 'adult';

/** The band on a day in China. A birth in the future counts as under 14: a person decides then. */
export function ageBand(person: { readonly birth: CalendarDate; readonly day: CalendarDate }): AgeBand {
  const age = ageOn(person.day, person.birth);
  if (age < 14) return 'under-14';
  return age < 18 ? '14-17' : 'adult';
}

import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { CalendarDate } from './calendar-date.ts';
import { parseCompactDate } from './calendar-date.ts';
import { citizenNumberCheckCharacter } from './citizen-number.ts';

/** What the number of a foreign permanent resident's card of 2023 says. */
export interface ForeignerNumber2023 {
  /** 18 characters; the last may be `X`. */
  readonly number: string;
  /** First two digits of the accepting province's code in GB/T 2260. */
  readonly region: string;
  /** ISO 3166-1 numeric. */
  readonly country: string;
  readonly birth: CalendarDate;
}

export type ForeignerNumber2023Fault = 'wrong-form' | 'wrong-check-character' | 'no-such-birth';

/**
 * Reads a number of the edition of 2023:
 *
 * | characters | 1 | 2-3 | 4-6 | 7-14 | 15-17 | 18 |
 * |---|---|---|---|---|---|---|
 * | meaning | 9 | accepting region | country, ISO 3166-1 numeric | birth YYYYMMDD | sequence | check as in GB 11643 |
 */
export function parseForeignerNumber2023(
  text: string,
): Result<ForeignerNumber2023, ForeignerNumber2023Fault> {
  if (!/^9\d{16}[\dX]$/.test(text)) return err('wrong-form');
  if (citizenNumberCheckCharacter(text.slice(0, 17)) !== text.charAt(17)) return err('wrong-check-character');
  const birth = parseCompactDate(text.slice(6, 14));
  if (!birth.ok) return err('no-such-birth');
  return ok({ number: text, region: text.slice(1, 3), country: text.slice(3, 6), birth: birth.value });
}

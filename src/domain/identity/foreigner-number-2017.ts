import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { parseCompactDate } from './calendar-date.ts';
import { icaoCheckDigit } from './icao-check-digit.ts';

/** What the number of a foreign permanent resident's card of 2017 says. */
export interface ForeignerNumber2017 {
  /** 15 characters. */
  readonly number: string;
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  /** Province and city of the accepting authority, four digits. */
  readonly region: string;
  /** YYMMDD: the century stands on the card alone. */
  readonly birth: string;
}

export type ForeignerNumber2017Fault = 'wrong-form' | 'wrong-check-digit' | 'no-such-birth';

/**
 * Reads a number of the edition of 2017 (one source, unverified on real cards):
 *
 * | characters | 1-3 | 4-7 | 8-13 | 14 | 15 |
 * |---|---|---|---|---|---|
 * | meaning | country, letters | province, city | birth YYMMDD | sequence | check digit, 7-3-1 |
 */
export function parseForeignerNumber2017(
  text: string,
): Result<ForeignerNumber2017, ForeignerNumber2017Fault> {
  if (!/^[A-Z]{3}\d{12}$/.test(text)) return err('wrong-form');
  if (icaoCheckDigit(text.slice(0, 14)) !== text.charAt(14)) return err('wrong-check-digit');
  const birth = text.slice(7, 13);
  const existed = ['19', '20'].some((century) => parseCompactDate(century + birth).ok);
  if (!existed) return err('no-such-birth');
  return ok({ number: text, country: text.slice(0, 3), region: text.slice(3, 7), birth });
}

import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { CalendarDate } from './calendar-date.ts';
import { parseCompactDate } from './calendar-date.ts';
import type { Sex } from './card-record.ts';

/** What a citizen number (GB 11643) says about its holder. */
export interface CitizenNumber {
  /** 18 characters; the last may be `X`. */
  readonly number: string;
  /** GB/T 2260 code of the place of first registration, six digits. */
  readonly region: string;
  readonly birth: CalendarDate;
  readonly sex: 'male' | 'female';
}

export type CitizenNumberFault = 'wrong-length' | 'not-digits' | 'wrong-check-character' | 'no-such-birth';

/** ISO 7064 MOD 11-2 weights 2^(18-i) mod 11 for positions 1 to 17. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** The 18th character for the first 17 digits. */
export function citizenNumberCheckCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/**
 * Reads a citizen number:
 *
 * | characters | 1-6 | 7-14 | 15-17 | 18 |
 * |---|---|---|---|---|
 * | meaning | region | birth YYYYMMDD | sequence, odd for men | check, 0-9 or X |
 */
export function parseCitizenNumber(text: string): Result<CitizenNumber, CitizenNumberFault> {
  if (text.length !== 18) return err('wrong-length');
  if (!/^\d{17}[\dX]$/.test(text)) return err('not-digits');
  if (citizenNumberCheckCharacter(text.slice(0, 17)) !== text.charAt(17)) return err('wrong-check-character');
  const birth = parseCompactDate(text.slice(6, 14));
  if (!birth.ok) return err('no-such-birth');
  return ok({
    number: text,
    region: text.slice(0, 6),
    birth: birth.value,
    sex: Number(text.charAt(16)) % 2 === 1 ? 'male' : 'female',
  });
}

/** Codes that stand for a place of first registration in the numbers of permit holders: Hong Kong, Macao, Taiwan. */
const PERMIT_HOLDER_REGIONS = /^8[123]0000$/;

/** Reads the number on a residence permit for residents of Hong Kong, Macao and Taiwan. */
export function parsePermitHolderNumber(
  text: string,
): Result<CitizenNumber, CitizenNumberFault | 'wrong-region'> {
  const read = parseCitizenNumber(text);
  return read.ok && !PERMIT_HOLDER_REGIONS.test(read.value.region) ? err('wrong-region') : read;
}

/** What a card says otherwise than the number on it, or null. A sex that is unknown or not stated contradicts nothing. */
export function citizenNumberContradiction(card: {
  readonly number: CitizenNumber;
  readonly birth: CalendarDate;
  readonly sex: Sex;
}): 'number-contradicts-birth' | 'number-contradicts-sex' | null {
  const { number, birth, sex } = card;
  if (number.birth !== birth) return 'number-contradicts-birth';
  return (sex === 'male' || sex === 'female') && number.sex !== sex ? 'number-contradicts-sex' : null;
}

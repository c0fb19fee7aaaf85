import { citizenNumberCheckCharacter } from './citizen-number.ts';

/** Characters of a citizen number (GB 11643). */
export const NUMBER_LENGTH = 18;

/** What cannot be right in a number that is still being typed, whatever comes after it. */
export type NumberSoFarFault =
  /** No place of first registration has a code that begins like this (GB/T 2260). */
  | 'no-such-region'
  | 'no-such-year'
  | 'no-such-month'
  /** The month, or this month of this year, has no such day. */
  | 'no-such-day'
  /** All 18 are there, and the last does not fit the others: one or two of them are wrong. */
  | 'wrong-check-character';

/** The parts that a citizen reads a number in, with the characters of each. */
export const NUMBER_PARTS = [
  { name: 'region', length: 6 },
  { name: 'birth', length: 8 },
  { name: 'last', length: 4 },
] as const;
export type NumberPart = (typeof NUMBER_PARTS)[number]['name'];

/**
 * First two digits that GB/T 2260 gives to provinces; 81 to 83 are those of residents from Hong Kong, Macao and Taiwan,
 * and everything from 90 is left to holders of foreign nationality.
 */
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/;
const FIRST_DIGITS = /^[1-9]/;

/** Takes a key into what was typed. What can stand nowhere in that place leaves it as it is. */
export function typeIntoNumber(typed: string, key: string): string {
  const character = key.toUpperCase();
  if (typed.length >= NUMBER_LENGTH) return typed;
  const fits = typed.length === NUMBER_LENGTH - 1 ? /^[\dX]$/ : /^\d$/;
  return fits.test(character) ? typed + character : typed;
}

/**
 * Judges what was typed so far (0 to 18 characters, as {@link typeIntoNumber} lets them in): the first thing from the
 * left that no continuation puts right, or null. A number of 18 characters without a fault is one that
 * {@link parseCitizenNumber} accepts.
 */
export function numberSoFarFault(typed: string): NumberSoFarFault | null {
  if (typed.length > 0 && !(typed.length === 1 ? FIRST_DIGITS : PROVINCES).test(typed))
    return 'no-such-region';
  const birth = typed.slice(6, 14);
  const birthFault = birthSoFarFault(birth);
  if (birthFault !== null) return birthFault;
  if (typed.length < NUMBER_LENGTH) return null;
  return citizenNumberCheckCharacter(typed.slice(0, 17)) === typed.charAt(17)
    ? null
    : 'wrong-check-character';
}

/** The part that a fault is seen in. A wrong check character can come from any of them and is shown at the last. */
export function partOfFault(fault: NumberSoFarFault): NumberPart {
  switch (fault) {
    case 'no-such-region':
      return 'region';
    case 'no-such-year':
    case 'no-such-month':
    case 'no-such-day':
      return 'birth';
    case 'wrong-check-character':
      return 'last';
  }
}

/** `birth` is the beginning of YYYYMMDD. */
function birthSoFarFault(birth: string): NumberSoFarFault | null {
  const year = birth.slice(0, 4);
  const month = birth.slice(4, 6);
  const day = birth.slice(6, 8);
  if (!/^(?:1|1[89]\d{0,2}|2|20\d{0,2})?$/.test(year)) return 'no-such-year';
  if (!/^(?:[01]|0[1-9]|1[0-2])?$/.test(month)) return 'no-such-month';
  if (day === '') return null;
  const longest = daysInMonth(Number(year), Number(month));
  // A first digit alone stands for its highest day, 09 to 39.
  const beginsDay = Number(day.padEnd(2, '0')) <= longest && day !== '00';
  return beginsDay && Number(day) <= longest ? null : 'no-such-day';
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

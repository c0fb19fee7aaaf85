import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** Most UTF-16 code units that a name can have: GA/T 490 gives the card's name field 30 bytes. */
export const LONGEST_NAME = 15;

/** Joins the parts of a name that was not Chinese at first: 阿依努尔·买买提. The one form that is compared and stored. */
export const MIDDLE_DOT = '\u00b7';

/**
 * What keyboards, cards and phones write for the middle dot: bullet, hyphenation point, bullet operator, dot operator,
 * the word separators of Old Italic and Runic texts, araea, and the katakana dot in both widths. NFC already folds
 * U+0387.
 */
const MIDDLE_DOTS = /[\u2022\u2027\u2219\u22c5\u2e31\u16eb\u318d\u30fb\uff65]/g;

/** The spaces that fields are padded with: U+0020 on cards, U+3000 by Chinese input methods. */
const PADDING = /^[ \u3000]+|[ \u3000]+$/g;

/** 〇 is a number by its category, and stands in names. */
const LETTER = '[\\p{Unified_Ideograph}\\u3007A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f]';
const NAME = new RegExp(`^${LETTER}+(?:[${MIDDLE_DOT} ]${LETTER}+)*$`, 'u');
/** A long name is cut to its field on the card, possibly right behind a dot. */
const CUT_NAME = new RegExp(`^${LETTER}+(?:[${MIDDLE_DOT} ]${LETTER}+)*${MIDDLE_DOT}$`, 'u');

export type PersonNameFault = 'empty' | 'too-long' | 'not-a-name';

/**
 * The form in which names are compared and stored: NFC, every middle dot as U+00B7, padding trimmed. NFC also takes
 * compatibility ideographs to the unified ones. Text that is no name comes back in the same form; nothing is refused.
 */
export function normalisePersonName(text: string): string {
  return text.normalize('NFC').replace(MIDDLE_DOTS, MIDDLE_DOT).replace(PADDING, '');
}

/**
 * Reads a name as an identity card shows it: ideographs of all planes, or Latin letters on cards of naturalised
 * people; the parts of a name joined by a middle dot or a space each. Returns the normalised name.
 */
export function checkPersonName(text: string): Result<string, PersonNameFault> {
  const name = normalisePersonName(text);
  if (name === '') return err('empty');
  if (name.length > LONGEST_NAME) return err('too-long');
  if (NAME.test(name) || (name.length === LONGEST_NAME && CUT_NAME.test(name))) return ok(name);
  return err('not-a-name');
}

/** Whether two texts are the same name, letter by letter after normalising. Never by sound, likeness or variant. */
export function samePersonName(a: string, b: string): boolean {
  return normalisePersonName(a) === normalisePersonName(b);
}

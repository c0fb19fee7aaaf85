import { checkPersonName } from '#domain/identity/person-name.ts';
import type { Result } from '#domain/result.ts';
import { err } from '#domain/result.ts';

/** Hexadecimal digits of the longest code point, U+10FFFF. */
export const LONGEST_CODE = 6;
const SHORTEST_CODE = 4;

/**
 * The character that a code point of 4 to 6 hexadecimal digits names. `unfinished` while more digits are to come;
 * `not-a-name` for what no name is written with.
 */
export function characterOf(digits: string): Result<string, 'unfinished' | 'not-a-name'> {
  if (digits.length < SHORTEST_CODE) return err('unfinished');
  const code = Number.parseInt(digits, 16);
  if (digits.length > LONGEST_CODE || Number.isNaN(code) || code > 0x10ffff) return err('not-a-name');
  const name = checkPersonName(String.fromCodePoint(code));
  return name.ok ? name : err('not-a-name');
}

/** `U+2B5AE`, as standards and staff name a character. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

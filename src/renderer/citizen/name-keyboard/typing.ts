import { LONGEST_NAME, MIDDLE_DOT } from '#domain/identity/person-name.ts';
import { assertNever } from '#domain/result.ts';
import type { Candidate } from './candidates.ts';
import { LONGEST_CODE } from './code-point.ts';
import { SEPARATOR } from './segments.ts';

/** How a character is named: by its reading, as a Latin letter, or by its code point. */
export const MODES = ['pinyin', 'latin', 'code'] as const;
export type Mode = (typeof MODES)[number];

/** What stands on the keyboard: the name so far, and what is typed for the next character. */
export interface Typing {
  readonly name: string;
  readonly mode: Mode;
  /** a-z and the separator for pinyin, hexadecimal digits for a code point; empty for Latin letters. */
  readonly typed: string;
  /** Page of the candidates, from 0. */
  readonly page: number;
}

export type Key =
  /** A letter key, or a digit of a code point. */
  | { readonly key: 'character'; readonly character: string }
  | { readonly key: 'separator' }
  | { readonly key: 'dot' }
  | { readonly key: 'space' }
  | { readonly key: 'delete' }
  | { readonly key: 'mode'; readonly mode: Mode }
  | { readonly key: 'page'; readonly page: number }
  | { readonly key: 'candidate'; readonly candidate: Candidate };

/** More letters than any name has. */
const MOST_LETTERS = 60;

export function emptyTyping(name: string): Typing {
  return { name, mode: 'pinyin', typed: '', page: 0 };
}

/** What a key makes of what stands there. A key that means nothing just now changes nothing. */
export function press(typing: Typing, key: Key): Typing {
  switch (key.key) {
    case 'character':
      return typeCharacter(typing, key.character);
    case 'separator':
      return typing.mode === 'pinyin' && /[a-z]$/.test(typing.typed)
        ? typed(typing, typing.typed + SEPARATOR)
        : typing;
    case 'dot':
      return /[^ ·]$/u.test(typing.name) && typing.typed === '' ? appended(typing, MIDDLE_DOT) : typing;
    case 'space':
      return typing.mode === 'latin' && /[^ ·]$/u.test(typing.name) ? appended(typing, ' ') : typing;
    case 'delete':
      return typing.typed === ''
        ? { ...typing, name: [...typing.name].slice(0, -1).join('') }
        : typed(typing, typing.typed.slice(0, -1));
    case 'mode':
      return { ...typing, mode: key.mode, typed: '', page: 0 };
    case 'page':
      return { ...typing, page: Math.max(0, key.page) };
    case 'candidate': {
      const chosen = appended(typing, key.candidate.text);
      return chosen === typing ? typing : typed(chosen, typing.typed.slice(key.candidate.letters));
    }
    default:
      return assertNever(key);
  }
}

/** True when no further character fits the card's field. */
export function isFull(name: string): boolean {
  return name.length >= LONGEST_NAME;
}

function typeCharacter(typing: Typing, character: string): Typing {
  switch (typing.mode) {
    case 'pinyin':
      return /^[a-z]$/i.test(character) && typing.typed.length < MOST_LETTERS && !isFull(typing.name)
        ? typed(typing, typing.typed + character.toLowerCase())
        : typing;
    case 'code':
      return /^[\da-f]$/i.test(character) && typing.typed.length < LONGEST_CODE && !isFull(typing.name)
        ? typed(typing, typing.typed + character.toUpperCase())
        : typing;
    case 'latin':
      // Cards show Latin names in capitals.
      return /^[a-z]$/i.test(character) ? appended(typing, character.toUpperCase()) : typing;
    default:
      return assertNever(typing.mode);
  }
}

function typed(typing: Typing, letters: string): Typing {
  return { ...typing, typed: letters, page: 0 };
}

function appended(typing: Typing, text: string): Typing {
  const name = typing.name + text;
  return name.length > LONGEST_NAME ? typing : { ...typing, name };
}

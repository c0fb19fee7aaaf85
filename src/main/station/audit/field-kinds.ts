import { isAuditWord } from './words.ts';

/**
 * What a field of an audit entry may hold. None of them is text: a name, an address, a citizen number or a telephone
 * number has nowhere to go, whoever calls and whatever went wrong.
 */
export const FIELD_KINDS = {
  /** Whole number of at most nine digits; a telephone number has 11, a citizen number 15 or 18, a bank card 16 to 19. */
  count: (value: unknown) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 999_999_999,
  flag: (value: unknown) => typeof value === 'boolean',
  /** A word that stands in `words.ts`. */
  code: (value: unknown) => typeof value === 'string' && isAuditWord(value),
  /** Random number of a staff badge: `b` and 16 hexadecimal digits. Whose it is, only the registry knows. */
  badge: (value: unknown) => matches(value, /^b[0-9a-f]{16}$/),
  /** UUID, random: of a session or a packet. */
  id: (value: unknown) => matches(value, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  /** SHA-256 or a public key, 64 hexadecimal digits. */
  hash: (value: unknown) => matches(value, /^[0-9a-f]{64}$/),
  /** Of the program, e.g. `1.2.3`. Three digits at most, so that no date of birth fits. */
  version: (value: unknown) => matches(value, /^\d{1,3}(?:\.\d{1,3}){2}(?:-(?:alpha|beta|rc))?$/),
} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>;

export type FieldKind = keyof typeof FIELD_KINDS;

/** The type in the program of a field of this kind. */
export type FieldValue<K extends FieldKind> = K extends 'count'
  ? number
  : K extends 'flag'
    ? boolean
    : string;

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

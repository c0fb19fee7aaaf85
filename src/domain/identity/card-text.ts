import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { parseCompactDate } from './calendar-date.ts';
import type { CardFault, CardKind, ResidentCard, Sex } from './card-record.ts';
import { parseCitizenNumber } from './citizen-number.ts';

/** Length of the chip's text block in bytes. */
export const CARD_TEXT_LENGTH = 256;

/**
 * Fields of a resident card's text block (GA/T 490). Offsets and lengths in bytes; all text is UTF-16LE, padded with
 * U+0020.
 *
 * | offset | length | field |
 * |---|---|---|
 * | 0 | 30 | name |
 * | 30 | 2 | sex, GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated |
 * | 32 | 4 | ethnic group, GB/T 3304, two digits |
 * | 36 | 16 | birth, YYYYMMDD |
 * | 52 | 70 | address |
 * | 122 | 36 | citizen number |
 * | 158 | 30 | issuing authority |
 * | 188 | 16 | valid from, YYYYMMDD |
 * | 204 | 16 | valid until, YYYYMMDD or 长期 |
 * | 220 | 36 | reserved; the character at 248 names the other layouts |
 */
export const CARD_TEXT_FIELDS = {
  name: { offset: 0, length: 30 },
  sex: { offset: 30, length: 2 },
  ethnicCode: { offset: 32, length: 4 },
  birth: { offset: 36, length: 16 },
  address: { offset: 52, length: 70 },
  number: { offset: 122, length: 36 },
  authority: { offset: 158, length: 30 },
  validFrom: { offset: 188, length: 16 },
  validUntil: { offset: 204, length: 16 },
} as const;

/** Byte whose UTF-16LE character tells the four layouts apart: `I`, `Y`, `J`, anything else for a resident card. */
export const CARD_KIND_OFFSET = 248;
export const LONG_TERM = '长期';
export const SEX_CODES: Readonly<Record<string, Sex>> = {
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'not-stated',
};

type FieldName = keyof typeof CARD_TEXT_FIELDS;

function textAt(block: Uint8Array, offset: number, length: number): string {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let text = '';
  for (let at = offset; at < offset + length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text;
}

/** Readers pad with spaces, some with NUL; both are trimmed. Null when the field holds no text that can be shown. */
function readField(block: Uint8Array, field: FieldName): string | null {
  const { offset, length } = CARD_TEXT_FIELDS[field];
  const text = textAt(block, offset, length).replace(/^[ \0]+|[ \0]+$/gu, '');
  return text === '' || !text.isWellFormed() || /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u.test(text)
    ? null
    : text;
}

/** Which of the four layouts a 256-byte block has. Only the flag tells: the J and Y layouts begin like a resident card. */
export function cardKind(block: Uint8Array): CardKind {
  switch (textAt(block, CARD_KIND_OFFSET, 2)) {
    case 'J':
      return 'permit-hong-kong-macao-taiwan';
    case 'I':
      return 'foreigner-2017';
    case 'Y':
      return 'foreigner-2023';
    default:
      return 'resident';
  }
}

/** Reads and checks a resident card's text block. Faults name the field and never carry its content. */
export function decodeCardText(block: Uint8Array): Result<ResidentCard, CardFault> {
  if (block.length !== CARD_TEXT_LENGTH) return err({ reason: 'wrong-length', length: block.length });
  const kind = cardKind(block);
  if (kind !== 'resident') return err({ reason: 'wrong-card-kind', kind });
  const damaged = (field: FieldName) => err({ reason: 'damaged-field', field } as const);

  const name = readField(block, 'name');
  if (name === null) return damaged('name');
  const sex = SEX_CODES[readField(block, 'sex') ?? ''];
  if (sex === undefined) return damaged('sex');
  const ethnicCode = readField(block, 'ethnicCode');
  if (ethnicCode === null || !/^\d{2}$/.test(ethnicCode)) return damaged('ethnicCode');
  const birth = parseCompactDate(readField(block, 'birth') ?? '');
  if (!birth.ok) return damaged('birth');
  const address = readField(block, 'address');
  if (address === null) return damaged('address');
  const number = parseCitizenNumber(readField(block, 'number') ?? '');
  if (!number.ok) return damaged('number');
  const authority = readField(block, 'authority');
  if (authority === null) return damaged('authority');
  const validFrom = parseCompactDate(readField(block, 'validFrom') ?? '');
  if (!validFrom.ok) return damaged('validFrom');
  const until = readField(block, 'validUntil') ?? '';
  const validUntil = until === LONG_TERM ? ok('long-term' as const) : parseCompactDate(until);
  if (!validUntil.ok) return damaged('validUntil');
  if (validUntil.value !== 'long-term' && validUntil.value < validFrom.value) return damaged('validUntil');

  if (number.value.birth !== birth.value) return err({ reason: 'number-contradicts-birth' });
  if ((sex === 'male' || sex === 'female') && number.value.sex !== sex) {
    return err({ reason: 'number-contradicts-sex' });
  }
  return ok({
    kind: 'resident',
    name,
    sex,
    ethnicCode,
    birth: birth.value,
    address,
    number: number.value.number,
    authority,
    validFrom: validFrom.value,
    validUntil: validUntil.value,
  });
}

import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { FieldPlace } from './card-block.ts';
import {
  accepted,
  countryLetters,
  day,
  digits,
  lastDay,
  optional,
  readFields,
  sexCode,
  shownText,
} from './card-fields.ts';
import type { CardFault, ForeignerCard2017 } from './card-record.ts';
import { parseForeignerNumber2017 } from './foreigner-number-2017.ts';

/**
 * Text block of a foreign permanent resident's ID card, edition of 2017 (flag `I`), UTF-16LE, padded with spaces:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 120 | name in Latin letters, upper case |
 * | 120 | 2 | sex, GB/T 2261.1 |
 * | 122 | 30 | number, 15 characters |
 * | 152 | 6 | nationality, 3 letters (GB/T 2659) |
 * | 158 | 30 | Chinese name; blank when there is none (unverified) |
 * | 188 | 16 | issued, YYYYMMDD |
 * | 204 | 16 | expires, YYYYMMDD or 长期 |
 * | 220 | 16 | birth, YYYYMMDD |
 * | 236 | 4 | card version, two digits |
 * | 240 | 8 | code of the accepting authority, four digits |
 * | 248 | 2 | `I` |
 * | 250 | 6 | reserved |
 */
export const FOREIGNER_CARD_2017_PLACES = {
  latinName: { offset: 0, length: 120 },
  sex: { offset: 120, length: 2 },
  number: { offset: 122, length: 30 },
  nationality: { offset: 152, length: 6 },
  chineseName: { offset: 158, length: 30 },
  validFrom: { offset: 188, length: 16 },
  validUntil: { offset: 204, length: 16 },
  birth: { offset: 220, length: 16 },
  version: { offset: 236, length: 4 },
  acceptingAuthority: { offset: 240, length: 8 },
} as const satisfies Readonly<Record<string, FieldPlace>>;

/**
 * The number is held against birth and nationality, which it repeats. Of the sex it says nothing. Its check digit alone
 * does not tell every letter from every other, so that the nationality is what finds a wrong one.
 */
export function readForeignerCard2017(block: Uint8Array): Result<ForeignerCard2017, CardFault> {
  const kind = 'foreigner-2017';
  const read = readFields({
    block,
    kind,
    places: FOREIGNER_CARD_2017_PLACES,
    forms: {
      latinName: shownText,
      sex: sexCode,
      number: accepted(parseForeignerNumber2017),
      nationality: countryLetters,
      chineseName: optional(shownText),
      validFrom: day,
      validUntil: lastDay,
      birth: day,
      version: digits(2),
      acceptingAuthority: digits(4),
    },
  });
  if (!read.ok) return read;
  const { number, birth, nationality } = read.value;
  if (number.birth !== birth.replaceAll('-', '').slice(2)) {
    return err({ reason: 'number-contradicts-birth', kind });
  }
  if (number.country !== nationality) return err({ reason: 'number-contradicts-nationality', kind });
  return ok({ kind, ...read.value, number: number.number });
}

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
import type { CardFault, ForeignerCard2023 } from './card-record.ts';
import { parseForeignerNumber2023 } from './foreigner-number-2023.ts';

/**
 * Text block of a foreign permanent resident's ID card, edition of 2023 (flag `Y`, issued since 1 December 2023),
 * UTF-16LE, padded with spaces:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 30 | Chinese name; blank when there is none (unverified) |
 * | 30 | 2 | sex, GB/T 2261.1 |
 * | 32 | 4 | number of renewals, two digits |
 * | 36 | 16 | birth, YYYYMMDD |
 * | 52 | 70 | name in Latin letters, characters 1 to 35 |
 * | 122 | 36 | number, 18 characters, the first a 9 |
 * | 158 | 30 | reserved |
 * | 188 | 16 | issued, YYYYMMDD |
 * | 204 | 16 | expires, YYYYMMDD or 长期 |
 * | 220 | 22 | name in Latin letters, characters 36 to 46 |
 * | 242 | 6 | nationality, 3 letters (GB/T 2659) |
 * | 248 | 2 | `Y` |
 * | 250 | 6 | link to the number of 2017, 3 characters, may be blank |
 */
export const FOREIGNER_CARD_2023_PLACES = {
  chineseName: { offset: 0, length: 30 },
  sex: { offset: 30, length: 2 },
  renewals: { offset: 32, length: 4 },
  birth: { offset: 36, length: 16 },
  latinName: { offset: 52, length: 70, continued: { offset: 220, length: 22 } },
  number: { offset: 122, length: 36 },
  validFrom: { offset: 188, length: 16 },
  validUntil: { offset: 204, length: 16 },
  nationality: { offset: 242, length: 6 },
  earlierNumberLink: { offset: 250, length: 6 },
} as const satisfies Readonly<Record<string, FieldPlace>>;

/**
 * The number is held against the birth. Of the sex it says nothing, and its country is a numeric code beside the
 * nationality's letters, which only a table of all states could compare.
 */
export function readForeignerCard2023(block: Uint8Array): Result<ForeignerCard2023, CardFault> {
  const kind = 'foreigner-2023';
  const read = readFields({
    block,
    kind,
    places: FOREIGNER_CARD_2023_PLACES,
    forms: {
      chineseName: optional(shownText),
      sex: sexCode,
      renewals: digits(2),
      birth: day,
      latinName: shownText,
      number: accepted(parseForeignerNumber2023),
      validFrom: day,
      validUntil: lastDay,
      nationality: countryLetters,
      earlierNumberLink: optional(digits(3)),
    },
  });
  if (!read.ok) return read;
  const { number, birth } = read.value;
  if (number.birth !== birth) return err({ reason: 'number-contradicts-birth', kind });
  return ok({ kind, ...read.value, number: number.number });
}

import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { FieldPlace } from './card-block.ts';
import { accepted, day, digits, lastDay, readFields, sexCode, shownText } from './card-fields.ts';
import type { CardFault, ResidentCard } from './card-record.ts';
import { citizenNumberContradiction, parseCitizenNumber } from './citizen-number.ts';

/**
 * Text block of a resident identity card (GA/T 490), UTF-16LE, padded with spaces:
 *
 * | offset | bytes | field |
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
 * | 220 | 36 | reserved; a space at 248 |
 */
export const RESIDENT_CARD_PLACES = {
  name: { offset: 0, length: 30 },
  sex: { offset: 30, length: 2 },
  ethnicCode: { offset: 32, length: 4 },
  birth: { offset: 36, length: 16 },
  address: { offset: 52, length: 70 },
  number: { offset: 122, length: 36 },
  authority: { offset: 158, length: 30 },
  validFrom: { offset: 188, length: 16 },
  validUntil: { offset: 204, length: 16 },
} as const satisfies Readonly<Record<string, FieldPlace>>;

export function readResidentCard(block: Uint8Array): Result<ResidentCard, CardFault> {
  const kind = 'resident';
  const read = readFields({
    block,
    kind,
    places: RESIDENT_CARD_PLACES,
    forms: {
      name: shownText,
      sex: sexCode,
      ethnicCode: digits(2),
      birth: day,
      address: shownText,
      number: accepted(parseCitizenNumber),
      authority: shownText,
      validFrom: day,
      validUntil: lastDay,
    },
  });
  if (!read.ok) return read;
  const reason = citizenNumberContradiction(read.value);
  if (reason !== null) return err({ reason, kind });
  return ok({ kind, ...read.value, number: read.value.number.number });
}

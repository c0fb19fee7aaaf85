import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { FieldPlace } from './card-block.ts';
import { accepted, day, digits, lastDay, readFields, sexCode, shownText } from './card-fields.ts';
import type { CardFault, ResidencePermit } from './card-record.ts';
import { citizenNumberContradiction, parsePermitHolderNumber } from './citizen-number.ts';
import { parseTravelPermitNumber } from './travel-permit-number.ts';

/**
 * Text block of a residence permit for residents of Hong Kong, Macao and Taiwan (flag `J`, issued since 1 September
 * 2018), UTF-16LE, padded with spaces. Up to byte 219 it looks like a resident card without an ethnic group:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 30 | name |
 * | 30 | 2 | sex, GB/T 2261.1 |
 * | 32 | 4 | reserved |
 * | 36 | 16 | birth, YYYYMMDD |
 * | 52 | 70 | address |
 * | 122 | 36 | number |
 * | 158 | 30 | issuing authority |
 * | 188 | 16 | valid from, YYYYMMDD |
 * | 204 | 16 | valid until, YYYYMMDD or 长期 |
 * | 220 | 18 | travel permit number |
 * | 238 | 4 | number of issues |
 * | 242 | 6 | reserved |
 * | 248 | 2 | `J` |
 * | 250 | 6 | reserved |
 */
export const RESIDENCE_PERMIT_PLACES = {
  name: { offset: 0, length: 30 },
  sex: { offset: 30, length: 2 },
  birth: { offset: 36, length: 16 },
  address: { offset: 52, length: 70 },
  number: { offset: 122, length: 36 },
  authority: { offset: 158, length: 30 },
  validFrom: { offset: 188, length: 16 },
  validUntil: { offset: 204, length: 16 },
  travelPermit: { offset: 220, length: 18 },
  issues: { offset: 238, length: 4 },
} as const satisfies Readonly<Record<string, FieldPlace>>;

export function readResidencePermit(block: Uint8Array): Result<ResidencePermit, CardFault> {
  const kind = 'residence-permit';
  const read = readFields({
    block,
    kind,
    places: RESIDENCE_PERMIT_PLACES,
    forms: {
      name: shownText,
      sex: sexCode,
      birth: day,
      address: shownText,
      number: accepted(parsePermitHolderNumber),
      authority: shownText,
      validFrom: day,
      validUntil: lastDay,
      travelPermit: accepted(parseTravelPermitNumber),
      issues: digits(2),
    },
  });
  if (!read.ok) return read;
  const { number, travelPermit } = read.value;
  const reason = citizenNumberContradiction(read.value);
  if (reason !== null) return err({ reason, kind });
  // Residents of the mainland have travel permits too, and no residence permit.
  if (travelPermit.holder === 'mainland')
    return err({ reason: 'damaged-field', kind, field: 'travelPermit' });
  return ok({ kind, ...read.value, number: number.number, travelPermit: travelPermit.number });
}

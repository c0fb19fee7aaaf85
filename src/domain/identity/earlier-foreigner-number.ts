import type { ForeignerCard2023 } from './card-record.ts';
import { icaoCheckDigit } from './icao-check-digit.ts';

/**
 * The number of 2017 that a holder of the card of 2023 had before, or null when the card links to none (one source,
 * unverified on real cards). Characters of the earlier number and where they come from:
 *
 * | 1-3 | 4-5 | 6-7 | 8-13 | 14 | 15 |
 * |---|---|---|---|---|---|
 * | nationality | number 2-3 | link 1-2 | number 9-14 | link 3 | check digit |
 */
export function earlierForeignerNumber(
  card: Pick<ForeignerCard2023, 'nationality' | 'number' | 'earlierNumberLink'>,
): string | null {
  const { nationality, number, earlierNumberLink: link } = card;
  if (link === null) return null;
  const unchecked = nationality + number.slice(1, 3) + link.slice(0, 2) + number.slice(8, 14) + link.slice(2);
  return unchecked + icaoCheckDigit(unchecked);
}

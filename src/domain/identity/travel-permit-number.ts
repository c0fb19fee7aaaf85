import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** Number of a permit for travel between the mainland and Hong Kong, Macao or Taiwan, by whose it is. */
export interface TravelPermitNumber {
  readonly number: string;
  readonly holder: 'hong-kong' | 'macao' | 'taiwan' | 'mainland';
}

/** No permit's number has this form. */
export type TravelPermitNumberFault = 'wrong-form';

/**
 * Tells permits by the form of their numbers, which have no check digit:
 *
 * | holder | form |
 * |---|---|
 * | resident of Hong Kong | `H`, 8 digits; 2 digits more for the issue on cards of 1999 |
 * | resident of Macao | `M`, as above |
 * | resident of Taiwan | 8 digits |
 * | resident of the mainland | `C`, 8 digits; since 2018 also `C`, a letter but I and O, 7 digits |
 */
export function parseTravelPermitNumber(text: string): Result<TravelPermitNumber, TravelPermitNumberFault> {
  if (/^H(?:\d{8}|\d{10})$/.test(text)) return ok({ number: text, holder: 'hong-kong' });
  if (/^M(?:\d{8}|\d{10})$/.test(text)) return ok({ number: text, holder: 'macao' });
  if (/^\d{8}$/.test(text)) return ok({ number: text, holder: 'taiwan' });
  if (/^C[A-HJ-NP-Z\d]\d{7}$/.test(text)) return ok({ number: text, holder: 'mainland' });
  return err('wrong-form');
}

import type { CalendarDate } from './calendar-date.ts';

/** GB/T 2261.1 sex codes 1, 2, 0 and 9. */
export type Sex = 'male' | 'female' | 'unknown' | 'not-stated';

/** What a resident identity card's 256-byte text block says (GA/T 490), after trimming and checking. */
export interface ResidentCard {
  readonly kind: 'resident';
  readonly name: string;
  readonly sex: Sex;
  /** GB/T 3304 code, two digits, kept raw: vendor tables disagree on codes from 57 to 96. */
  readonly ethnicCode: string;
  readonly birth: CalendarDate;
  readonly address: string;
  /** GB 11643 citizen number, 18 characters, check digit verified. */
  readonly number: string;
  readonly authority: string;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate | 'long-term';
}

/** Layouts that share the 256-byte block; told apart by the character at byte 248. */
export type CardKind = 'resident' | 'permit-hong-kong-macao-taiwan' | 'foreigner-2017' | 'foreigner-2023';

/** Why a card's text block was not accepted. Never carries a field's content. */
export type CardFault =
  | { readonly reason: 'wrong-card-kind'; readonly kind: Exclude<CardKind, 'resident'> }
  | { readonly reason: 'wrong-length'; readonly length: number }
  | { readonly reason: 'damaged-field'; readonly field: keyof ResidentCard }
  | { readonly reason: 'number-contradicts-birth' }
  | { readonly reason: 'number-contradicts-sex' };

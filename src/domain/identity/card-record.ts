import type { CalendarDate } from './calendar-date.ts';

/** GB/T 2261.1 sex codes 1, 2, 0 and 9. */
export type Sex = 'male' | 'female' | 'unknown' | 'not-stated';

/** What all four cards say. */
interface EveryCard {
  readonly sex: Sex;
  readonly birth: CalendarDate;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate | 'long-term';
}

/** A citizen's resident identity card (GA/T 490), after trimming and checking. */
export interface ResidentCard extends EveryCard {
  readonly kind: 'resident';
  readonly name: string;
  /** GB/T 3304 code, two digits, kept raw: vendor tables disagree on codes from 57 to 96. */
  readonly ethnicCode: string;
  readonly address: string;
  /** GB 11643 citizen number, 18 characters, check character verified. */
  readonly number: string;
  readonly authority: string;
}

/** A residence permit for residents of Hong Kong, Macao or Taiwan, issued since 2018. */
export interface ResidencePermit extends EveryCard {
  readonly kind: 'residence-permit';
  readonly name: string;
  readonly address: string;
  /** A citizen number (GB 11643) that begins with 810000, 820000 or 830000. */
  readonly number: string;
  readonly authority: string;
  /** `H` or `M` and 8 digits, or 8 digits for residents of Taiwan. */
  readonly travelPermit: string;
  /** How often the permit was issued, two digits. */
  readonly issues: string;
}

/** A foreign permanent resident's ID card, edition of 2017. */
export interface ForeignerCard2017 extends EveryCard {
  readonly kind: 'foreigner-2017';
  readonly latinName: string;
  /** Null when the holder has none. */
  readonly chineseName: string | null;
  /** 15 characters, check digit verified. */
  readonly number: string;
  /** ISO 3166-1 alpha-3 (GB/T 2659). */
  readonly nationality: string;
  /** Two digits. */
  readonly version: string;
  /** Code of the authority that accepted the application, four digits. */
  readonly acceptingAuthority: string;
}

/** A foreign permanent resident's ID card, edition of 2023. Cards of 2017 stay valid beside it. */
export interface ForeignerCard2023 extends EveryCard {
  readonly kind: 'foreigner-2023';
  readonly latinName: string;
  /** Null when the holder has none. */
  readonly chineseName: string | null;
  /** 18 characters that begin with 9, check character verified. */
  readonly number: string;
  /** ISO 3166-1 alpha-3 (GB/T 2659). */
  readonly nationality: string;
  /** How often the card was renewed, two digits. */
  readonly renewals: string;
  /** What leads back to the number of the edition of 2017; null when there was none. */
  readonly earlierNumberLink: string | null;
}

/** What a card's 256-byte text block says. */
export type CardRecord = ResidentCard | ResidencePermit | ForeignerCard2017 | ForeignerCard2023;
export type CardKind = CardRecord['kind'];

type FieldOf<Card extends CardRecord> = Card extends CardRecord ? Exclude<keyof Card, 'kind'> : never;
export type CardField = FieldOf<CardRecord>;

/** Why a card's text block was not accepted. Never carries a field's content. */
export type CardFault =
  | { readonly reason: 'wrong-length'; readonly length: number }
  | { readonly reason: 'damaged-field'; readonly kind: CardKind; readonly field: CardField }
  | {
      readonly reason:
        | 'number-contradicts-birth'
        | 'number-contradicts-sex'
        | 'number-contradicts-nationality';
      readonly kind: CardKind;
    };

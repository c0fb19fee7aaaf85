import {
  CARD_FLAG_OFFSET,
  CARD_FLAGS,
  CARD_TEXT_LENGTH,
  cardKind,
  type FieldPlace,
} from '#domain/identity/card-block.ts';
import { LONG_TERM } from '#domain/identity/card-fields.ts';
import type { CardKind } from '#domain/identity/card-record.ts';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import { FOREIGNER_CARD_2017_PLACES } from '#domain/identity/foreigner-card-2017.ts';
import { FOREIGNER_CARD_2023_PLACES } from '#domain/identity/foreigner-card-2023.ts';
import { icaoCheckDigit } from '#domain/identity/icao-check-digit.ts';
import { RESIDENCE_PERMIT_PLACES } from '#domain/identity/residence-permit.ts';
import { RESIDENT_CARD_PLACES } from '#domain/identity/resident-card.ts';

const withCheck = (digits: string) => digits + citizenNumberCheckCharacter(digits);
const withIcaoCheck = (text: string) => text + icaoCheckDigit(text);

/** In every name and address, so that nobody takes the card for anybody's. */
const HIDDEN = '已遮盖';
const HIDDEN_LATIN = 'MASKED, PERSON';
const EVERY_CARD = { sex: '1', birth: '19900101', validFrom: '20200101', validUntil: LONG_TERM };
/** Utopia: the nationality of the specimens of ICAO 9303. */
const NO_STATE = 'UTO';

/**
 * What stands in a recording for a card's text: of each layout one, of a person whom there cannot be (no region has the
 * codes 99 and 9999), and valid otherwise, so that it is read as the card was.
 */
const TEXTS: Readonly<Record<CardKind, Uint8Array>> = {
  resident: textBlock('resident', RESIDENT_CARD_PLACES, {
    ...EVERY_CARD,
    name: HIDDEN,
    ethnicCode: '01',
    address: HIDDEN,
    number: withCheck('99999919900101001'),
    authority: HIDDEN,
  }),
  'residence-permit': textBlock('residence-permit', RESIDENCE_PERMIT_PLACES, {
    ...EVERY_CARD,
    name: HIDDEN,
    address: HIDDEN,
    number: withCheck('81000019900101001'),
    authority: HIDDEN,
    travelPermit: 'H00000000',
    issues: '01',
  }),
  'foreigner-2017': textBlock('foreigner-2017', FOREIGNER_CARD_2017_PLACES, {
    ...EVERY_CARD,
    latinName: HIDDEN_LATIN,
    chineseName: HIDDEN,
    number: withIcaoCheck(`${NO_STATE}99999001010`),
    nationality: NO_STATE,
    version: '01',
    acceptingAuthority: '9999',
  }),
  'foreigner-2023': textBlock('foreigner-2023', FOREIGNER_CARD_2023_PLACES, {
    ...EVERY_CARD,
    latinName: HIDDEN_LATIN,
    chineseName: HIDDEN,
    number: withCheck('99999919900101001'),
    nationality: NO_STATE,
    renewals: '01',
    earlierNumberLink: '',
  }),
};

/** The invented card of the same layout; nothing else of the text is looked at, and nothing of it stays. */
export function maskedCardText(text: Uint8Array): Uint8Array {
  return TEXTS[cardKind(text)].slice();
}

export function maskedCardTexts(): readonly Uint8Array[] {
  return Object.values(TEXTS).map((text) => text.slice());
}

function textBlock<Name extends string>(
  kind: CardKind,
  places: Readonly<Record<Name, FieldPlace>>,
  fields: Readonly<Record<NoInfer<Name>, string>>,
): Uint8Array {
  const block = new Uint8Array(CARD_TEXT_LENGTH);
  write(block, 0, ' '.repeat(CARD_TEXT_LENGTH / 2));
  write(block, CARD_FLAG_OFFSET, CARD_FLAGS[kind]);
  for (const field of Object.keys(places) as Name[]) write(block, places[field].offset, fields[field]);
  return block;
}

/** UTF-16LE. */
function write(block: Uint8Array, offset: number, text: string): void {
  const view = new DataView(block.buffer);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(offset + 2 * index, text.charCodeAt(index), true);
  }
}

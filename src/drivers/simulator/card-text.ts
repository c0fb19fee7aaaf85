import {
  CARD_FLAG_OFFSET,
  CARD_FLAGS,
  CARD_TEXT_LENGTH,
  type FieldPlace,
} from '#domain/identity/card-block.ts';
import { LONG_TERM } from '#domain/identity/card-fields.ts';
import type { CardRecord, Sex } from '#domain/identity/card-record.ts';
import { FOREIGNER_CARD_2017_PLACES } from '#domain/identity/foreigner-card-2017.ts';
import { FOREIGNER_CARD_2023_PLACES } from '#domain/identity/foreigner-card-2023.ts';
import { RESIDENCE_PERMIT_PLACES } from '#domain/identity/residence-permit.ts';
import { RESIDENT_CARD_PLACES } from '#domain/identity/resident-card.ts';
import { assertNever } from '#domain/result.ts';

/** GB/T 2261.1. */
const SEX_CODES: Readonly<Record<Sex, string>> = { unknown: '0', male: '1', female: '2', 'not-stated': '9' };

/** The text block that a card carries, padded with spaces; each layout's table stands with its reading in `domain/identity`. */
export function encodeCardText(card: CardRecord): Uint8Array {
  const block = new Uint8Array(CARD_TEXT_LENGTH);
  write(block, 0, ' '.repeat(CARD_TEXT_LENGTH / 2));
  write(block, CARD_FLAG_OFFSET, CARD_FLAGS[card.kind]);
  switch (card.kind) {
    case 'resident':
      writeFields(block, RESIDENT_CARD_PLACES, { ...card, ...coded(card) });
      return block;
    case 'residence-permit':
      writeFields(block, RESIDENCE_PERMIT_PLACES, { ...card, ...coded(card) });
      return block;
    case 'foreigner-2017':
      writeFields(block, FOREIGNER_CARD_2017_PLACES, {
        ...card,
        ...coded(card),
        chineseName: card.chineseName ?? '',
      });
      return block;
    case 'foreigner-2023':
      writeFields(block, FOREIGNER_CARD_2023_PLACES, {
        ...card,
        ...coded(card),
        chineseName: card.chineseName ?? '',
        earlierNumberLink: card.earlierNumberLink ?? '',
      });
      return block;
    default:
      return assertNever(card);
  }
}

/** What a record holds in another form than the card. */
function coded(card: CardRecord) {
  const compact = (date: string) => date.replaceAll('-', '');
  return {
    sex: SEX_CODES[card.sex],
    birth: compact(card.birth),
    validFrom: compact(card.validFrom),
    validUntil: card.validUntil === 'long-term' ? LONG_TERM : compact(card.validUntil),
  };
}

function writeFields<Name extends string>(
  block: Uint8Array,
  places: Readonly<Record<Name, FieldPlace>>,
  texts: Readonly<Record<NoInfer<Name>, string>>,
): void {
  for (const field of Object.keys(places) as Name[]) {
    const { offset, length, continued } = places[field];
    const text = texts[field];
    const first = text.slice(0, length / 2);
    const rest = text.slice(length / 2);
    if (2 * rest.length > (continued?.length ?? 0)) {
      throw new Error(`${field} is longer than the card has room for`);
    }
    write(block, offset, first);
    if (continued) write(block, continued.offset, rest);
  }
}

function write(block: Uint8Array, offset: number, text: string): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(offset + 2 * index, text.charCodeAt(index), true);
  }
}

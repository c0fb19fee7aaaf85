import type { CardKind } from './card-record.ts';

/** Length of the chip's text block in bytes. */
export const CARD_TEXT_LENGTH = 256;

/** Byte whose UTF-16LE character tells the four layouts apart. */
export const CARD_FLAG_OFFSET = 248;

/** Anything but one of the three letters stands on a resident card. */
export const CARD_FLAGS: Readonly<Record<CardKind, string>> = {
  resident: ' ',
  'residence-permit': 'J',
  'foreigner-2017': 'I',
  'foreigner-2023': 'Y',
};

/** Where a field's characters stand in the block: offset and length in bytes. */
export interface FieldPlace {
  readonly offset: number;
  readonly length: number;
  /** Where a field goes on for which the first place is too short. */
  readonly continued?: { readonly offset: number; readonly length: number };
}

/** Which of the four layouts a block has. Only the flag tells: J and Y begin like a resident card. */
export function cardKind(block: Uint8Array): CardKind {
  switch (textAt(block, { offset: CARD_FLAG_OFFSET, length: 2 })) {
    case CARD_FLAGS['residence-permit']:
      return 'residence-permit';
    case CARD_FLAGS['foreigner-2017']:
      return 'foreigner-2017';
    case CARD_FLAGS['foreigner-2023']:
      return 'foreigner-2023';
    default:
      return 'resident';
  }
}

/**
 * A field's text. Cards pad with spaces, some with NUL; both are trimmed, after the parts of a split field were joined:
 * a space at the end of the first part stands between two words.
 */
export function fieldText(block: Uint8Array, place: FieldPlace): string {
  const text = textAt(block, place) + (place.continued ? textAt(block, place.continued) : '');
  return text.replace(/^[ \0]+|[ \0]+$/gu, '');
}

function textAt(block: Uint8Array, place: { readonly offset: number; readonly length: number }): string {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let text = '';
  for (let at = place.offset; at < place.offset + place.length; at += 2) {
    text += String.fromCharCode(view.getUint16(at, true));
  }
  return text;
}

import { PHOTO_LENGTH, TEXT_LENGTH } from '../reader/sdt-answers.ts';
import { FILLER } from './mask.ts';
import { maskedCardText } from './masked-card-text.ts';

/** U+25A0, in UTF-16LE as all text of a card. No name, number or address has it. */
const BLOCK = [0xa0, 0x25] as const;
/** Bytes of one newest address, and how many of them an answer may hold. */
const ADDRESS_LENGTH = 70;
const MOST_ADDRESSES = 4;

/** Where text and photo stand in the answer to a reading, behind their lengths; null when it is no such answer. */
function readingLayout(data: Uint8Array): { readonly text: number } | null {
  const word = (at: number) => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  if (word(0) !== TEXT_LENGTH || (word(2) !== PHOTO_LENGTH && word(2) !== 0)) return null;
  const around = TEXT_LENGTH + word(2);
  if (data.length === 4 + around) return { text: 4 };
  return data.length === 6 + around + word(4) ? { text: 6 } : null;
}

/**
 * What an answer of a card holds, as filler of the same length. In place of the text stands an invented person's card of
 * the same layout, so that what replays it goes on as it did; nothing of the text stays, not even how long a name is.
 */
export function maskCardData(data: Uint8Array): Uint8Array {
  const layout = readingLayout(data);
  if (layout !== null) {
    const masked = new Uint8Array(data.length).fill(FILLER);
    masked.set(data.subarray(0, layout.text));
    masked.set(maskedCardText(data.subarray(layout.text, layout.text + TEXT_LENGTH)), layout.text);
    return masked;
  }
  const isAddress = data.length % ADDRESS_LENGTH === 0 && data.length <= MOST_ADDRESSES * ADDRESS_LENGTH;
  return isAddress ? blocks(data.length) : new Uint8Array(data.length).fill(FILLER);
}

function blocks(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => BLOCK[index % 2] ?? 0);
}

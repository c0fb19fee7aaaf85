import { CARD_TEXT_FIELDS, CARD_TEXT_LENGTH, LONG_TERM } from '#domain/identity/card-text.ts';
import type { DemoPerson } from './people.ts';

export function writeUtf16(block: Uint8Array, offset: number, text: string): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(offset + 2 * index, text.charCodeAt(index), true);
  }
}

/** The text block that a person's card carries, padded with spaces; the table stands in `domain/identity/card-text.ts`. */
export function encodeCardText(person: DemoPerson): Uint8Array {
  const compact = (date: string) => date.replaceAll('-', '');
  const fields: Record<keyof typeof CARD_TEXT_FIELDS, string> = {
    name: person.name,
    sex: person.sex === 'male' ? '1' : '2',
    ethnicCode: person.ethnicCode,
    birth: compact(person.birth),
    address: person.address,
    number: person.number,
    authority: person.authority,
    validFrom: compact(person.validFrom),
    validUntil: person.validUntil === 'long-term' ? LONG_TERM : compact(person.validUntil),
  };
  const block = new Uint8Array(CARD_TEXT_LENGTH);
  writeUtf16(block, 0, ' '.repeat(CARD_TEXT_LENGTH / 2));
  for (const [field, text] of Object.entries(fields)) {
    const { offset, length } = CARD_TEXT_FIELDS[field as keyof typeof fields];
    if (2 * text.length > length)
      throw new Error(`${person.id}: ${field} is longer than the card has room for`);
    writeUtf16(block, offset, text);
  }
  return block;
}

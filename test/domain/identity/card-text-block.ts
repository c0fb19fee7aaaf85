import type { CardKind } from '#domain/identity/card-record.ts';
import { CARD_KIND_OFFSET, CARD_TEXT_FIELDS } from '#domain/identity/card-text.ts';

/** Fields of the block as they stand on the chip: codes and compact dates, not yet read. */
export type RawFields = Record<keyof typeof CARD_TEXT_FIELDS, string>;

/** An invented resident; `张三` is China's John Doe. */
export const ZHANG_SAN: RawFields = {
  name: '张三',
  sex: '2',
  ethnicCode: '01',
  birth: '19900307',
  address: '北京市东城区某某胡同1号',
  number: '11010119900307002X',
  authority: '北京市公安局东城分局',
  validFrom: '20200101',
  validUntil: '20400101',
};

export function writeField(block: Uint8Array, offset: number, text: string): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(offset + 2 * index, text.charCodeAt(index), true);
  }
}

export function textBlock(fields: RawFields, padding = ' '): Uint8Array {
  const block = new Uint8Array(256);
  writeField(block, 0, padding.repeat(128));
  for (const [name, { offset }] of Object.entries(CARD_TEXT_FIELDS)) {
    writeField(block, offset, fields[name as keyof RawFields]);
  }
  return block;
}

export function asKind(block: Uint8Array, kind: CardKind): Uint8Array {
  const flags: Record<CardKind, string> = {
    resident: ' ',
    'permit-hong-kong-macao-taiwan': 'J',
    'foreigner-2017': 'I',
    'foreigner-2023': 'Y',
  };
  const copy = block.slice();
  writeField(copy, CARD_KIND_OFFSET, flags[kind]);
  return copy;
}

import { bytes, join } from '../bytes.ts';

/** Frames of GA/T 467 as computed by two independent programs; the people are invented. */

export const SDT_REQUEST_VECTORS = {
  reset: 'AA AA AA 96 69 00 03 10 FF EC',
  status: 'AA AA AA 96 69 00 03 11 FF ED',
  'sam-id': 'AA AA AA 96 69 00 03 12 FF EE',
  find: 'AA AA AA 96 69 00 03 20 01 22',
  select: 'AA AA AA 96 69 00 03 20 02 21',
  read: 'AA AA AA 96 69 00 03 30 01 32',
  'read-fingerprints': 'AA AA AA 96 69 00 03 30 10 23',
  'extra-address': 'AA AA AA 96 69 00 03 30 03 30',
  'card-number': 'AA AA AA 96 69 00 03 30 05 36',
} as const;

export const SET_RATE_VECTORS = [
  [115200, 'AA AA AA 96 69 00 03 60 00 63'],
  [57600, 'AA AA AA 96 69 00 03 60 01 62'],
  [38400, 'AA AA AA 96 69 00 03 60 02 61'],
  [19200, 'AA AA AA 96 69 00 03 60 03 60'],
  [9600, 'AA AA AA 96 69 00 03 60 04 67'],
] as const;

export const RADIO_BYTES_VECTORS = [
  [0x50, 'AA AA AA 96 69 00 04 61 FF 50 CA'],
  [0x58, 'AA AA AA 96 69 00 04 61 FF 58 C2'],
] as const;

export const ADDRESS = '上海市黄浦区某某路2号';

export const SDT_ANSWER_VECTORS = {
  ok: bytes('AA AA AA 96 69 00 04 00 00 90 94'),
  found: bytes('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97'),
  'no card': bytes('AA AA AA 96 69 00 04 00 00 80 84'),
  selected: bytes('AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C'),
  'select failed': bytes('AA AA AA 96 69 00 04 00 00 81 85'),
  'read failed': bytes('AA AA AA 96 69 00 04 00 00 41 45'),
  'module rejects card': bytes('AA AA AA 96 69 00 04 00 00 32 36'),
  'no extra address': bytes('AA AA AA 96 69 00 04 00 00 91 95'),
  'unknown command': bytes('AA AA AA 96 69 00 04 00 00 21 25'),
  'self-test failed': bytes('AA AA AA 96 69 00 04 00 00 60 64'),
  'not authorised': bytes('AA AA AA 96 69 00 04 00 00 66 62'),
  'sam id': bytes('AA AA AA 96 69 00 14 00 00 90 05 00 01 00 3F B4 34 01 87 D6 12 00 15 CD 5B 07 F9'),
  'new address': join(bytes('AA AA AA 96 69 00 4A 00 00 90'), utf16(ADDRESS.padEnd(35)), bytes('14')),
} as const;

export const SAM_ID_TEXT = '05.01-20231231-0001234567-0123456789';

export function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}

/** A text block: fields at their offsets, blanks everywhere else. */
function block(...fields: readonly (readonly [offset: number, text: string])[]): Uint8Array {
  const text = utf16(' '.repeat(128));
  for (const [offset, field] of fields) text.set(utf16(field), offset);
  return text;
}

interface CardVector {
  readonly name: string;
  readonly text: Uint8Array;
  /** First 16 hexadecimal digits of SHA-256 of the text. */
  readonly textHash: string;
  /** CHK of the answer to 30 01, and to 30 10 with two fingerprints and with none. */
  readonly checksums: { readonly plain: number; readonly two: number; readonly none: number };
}

export const CARD_VECTORS: readonly CardVector[] = [
  {
    name: 'resident',
    text: block(
      [0, '张三'],
      [30, '1'],
      [32, '01'],
      [36, '19900307'],
      [52, '北京市东城区某某胡同1号'],
      [122, '11010119900307002X'],
      [158, '北京市公安局东城分局'],
      [188, '20200101'],
      [204, '20400101'],
    ),
    textHash: '6db6f333cbaa7387',
    checksums: { plain: 0xa2, two: 0xa8, none: 0xa0 },
  },
  {
    name: 'resident of Hong Kong',
    text: block(
      [0, '陳大文'],
      [30, '1'],
      [36, '19900101'],
      [52, '广东省深圳市福田区某路1号'],
      [122, '810000199001010019'],
      [158, '深圳市公安局福田分局'],
      [188, '20190101'],
      [204, '20240101'],
      [220, 'H12345678'],
      [238, '01'],
      [248, 'J'],
    ),
    textHash: '08411e7687208e58',
    checksums: { plain: 0x63, two: 0x69, none: 0x61 },
  },
  {
    name: 'foreigner, 2017',
    text: block(
      [0, 'SMITH, JOHN EDWARD'],
      [120, '1'],
      [122, 'USA110188080803'],
      [152, 'USA'],
      [158, '史密斯'],
      [188, '20180101'],
      [204, '20280101'],
      [220, '19880808'],
      [236, '01'],
      [240, '1100'],
      [248, 'I'],
    ),
    textHash: '28c400f83eb1fa33',
    checksums: { plain: 0x5b, two: 0x51, none: 0x59 },
  },
];

/** Stand-ins for the coded picture and for the features of two fingers. */
export const PHOTO = new Uint8Array(1024).fill(0x5a);
export const FINGERPRINTS = new Uint8Array(1024).fill(0xa5);

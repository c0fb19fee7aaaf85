import { CARD_FLAG_OFFSET, CARD_FLAGS, type FieldPlace } from '#domain/identity/card-block.ts';
import type { CardKind } from '#domain/identity/card-record.ts';
import { FOREIGNER_CARD_2017_PLACES } from '#domain/identity/foreigner-card-2017.ts';
import { FOREIGNER_CARD_2023_PLACES } from '#domain/identity/foreigner-card-2023.ts';
import { RESIDENCE_PERMIT_PLACES } from '#domain/identity/residence-permit.ts';
import { RESIDENT_CARD_PLACES } from '#domain/identity/resident-card.ts';

export const PLACES = {
  resident: RESIDENT_CARD_PLACES,
  'residence-permit': RESIDENCE_PERMIT_PLACES,
  'foreigner-2017': FOREIGNER_CARD_2017_PLACES,
  'foreigner-2023': FOREIGNER_CARD_2023_PLACES,
} as const satisfies Record<CardKind, Readonly<Record<string, FieldPlace>>>;

/** Fields of a block as they stand on the chip: codes and compact dates, not yet read. */
export type RawCard<Kind extends CardKind> = Record<keyof (typeof PLACES)[Kind], string>;
export type RawFields = RawCard<'resident'>;

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

/** An invented resident of Hong Kong; `陳大文` is the name on its specimen cards. */
export const CHAN_TAI_MAN: RawCard<'residence-permit'> = {
  name: '陳大文',
  sex: '1',
  birth: '19900101',
  address: '广东省深圳市福田区某路1号',
  number: '810000199001010019',
  authority: '深圳市公安局福田分局',
  validFrom: '20190101',
  validUntil: '20240101',
  travelPermit: 'H12345678',
  issues: '01',
};

export const JOHN_SMITH: RawCard<'foreigner-2017'> = {
  latinName: 'SMITH, JOHN EDWARD',
  sex: '1',
  number: 'USA110188080803',
  nationality: 'USA',
  chineseName: '史密斯',
  validFrom: '20180101',
  validUntil: '20280101',
  birth: '19880808',
  version: '01',
  acceptingAuthority: '1100',
};

/** The same man with his next card. His name is longer than its first field. */
export const JOHN_SMITH_AGAIN: RawCard<'foreigner-2023'> = {
  chineseName: '史密斯',
  sex: '1',
  renewals: '01',
  birth: '19880808',
  latinName: 'SMITH-WINTERBOTTOM, JOHN EDWARD HENRY ALAN',
  number: '911840198808080012',
  validFrom: '20240101',
  validUntil: '20340101',
  nationality: 'USA',
  earlierNumberLink: '010',
};

export function writeField(block: Uint8Array, offset: number, text: string): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(offset + 2 * index, text.charCodeAt(index), true);
  }
}

export function cardBlock<Kind extends CardKind>(card: {
  readonly kind: Kind;
  readonly fields: RawCard<Kind>;
  readonly padding?: string;
}): Uint8Array {
  const { kind, fields, padding = ' ' } = card;
  const block = new Uint8Array(256);
  writeField(block, 0, padding.repeat(128));
  for (const [name, place] of Object.entries<FieldPlace>(PLACES[kind])) {
    const text = fields[name as keyof RawCard<Kind>];
    writeField(block, place.offset, text.slice(0, place.length / 2));
    if (place.continued) writeField(block, place.continued.offset, text.slice(place.length / 2));
  }
  if (kind !== 'resident') writeField(block, CARD_FLAG_OFFSET, CARD_FLAGS[kind]);
  return block;
}

/** A resident card's. */
export function textBlock(fields: RawFields, padding = ' '): Uint8Array {
  return cardBlock({ kind: 'resident', fields, padding });
}

/** The four invented people's blocks; Zhang San's with the sex that the number tells. */
export const SOUND_BLOCKS: Readonly<Record<CardKind, Uint8Array>> = {
  resident: textBlock(ZHANG_SAN),
  'residence-permit': cardBlock({ kind: 'residence-permit', fields: CHAN_TAI_MAN }),
  'foreigner-2017': cardBlock({ kind: 'foreigner-2017', fields: JOHN_SMITH }),
  'foreigner-2023': cardBlock({ kind: 'foreigner-2023', fields: JOHN_SMITH_AGAIN }),
};
export const CARD_KINDS = Object.keys(SOUND_BLOCKS) as readonly CardKind[];

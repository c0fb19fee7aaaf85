import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAcceptedCard } from '#domain/identity/accepted-cards.ts';
import { CARD_FLAG_OFFSET } from '#domain/identity/card-block.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { CARD_KINDS, PLACES, SOUND_BLOCKS, writeField } from './card-text-block.ts';

const anyBlock = fc.uint8Array({ minLength: 256, maxLength: 256 });
const change = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }));

describe('a card’s text block', () => {
  it.each(CARD_KINDS)('of a %s is known by its flag alone', (kind) => {
    expect(decodeCard(SOUND_BLOCKS[kind])).toMatchObject({ ok: true, value: { kind } });
  });

  it.each([
    ['J', 'residence-permit'],
    ['I', 'foreigner-2017'],
    ['Y', 'foreigner-2023'],
  ])('of a resident with the flag %s is judged as a %s', (flag, kind) => {
    const block = SOUND_BLOCKS.resident.slice();
    writeField(block, CARD_FLAG_OFFSET, flag);
    expect(decodeCard(block)).toMatchObject({ ok: false, error: { reason: 'damaged-field', kind } });
  });

  it.each(['j', ' ', '\0', 'A', '家'])('with the flag %j is a resident’s', (flag) => {
    const block = SOUND_BLOCKS.resident.slice();
    writeField(block, CARD_FLAG_OFFSET, flag);
    expect(decodeCard(block)).toMatchObject({ ok: true, value: { kind: 'resident' } });
  });

  it.each([0, 255, 257, 1280])('of %i bytes is refused', (length) => {
    const fault = { ok: false, error: { reason: 'wrong-length', length } };
    expect(decodeCard(new Uint8Array(length))).toEqual(fault);
  });

  it('is read where it begins within a larger buffer', () => {
    const buffer = new Uint8Array(1300).fill(0x41);
    buffer.set(SOUND_BLOCKS['foreigner-2023'], 17);
    expect(decodeCard(buffer.subarray(17, 273))).toEqual(decodeCard(SOUND_BLOCKS['foreigner-2023']));
  });

  it('may be any 256 bytes, with any flag: noise is no card', () => {
    fc.assert(
      fc.property(anyBlock, fc.constantFrom('J', 'I', 'Y', ' ', null), (block, flag) => {
        if (flag !== null) writeField(block, CARD_FLAG_OFFSET, flag);
        expect(decodeCard(block).ok).toBe(false);
      }),
      { numRuns: 4_000 },
    );
  });

  it.each(CARD_KINDS)(
    'of a %s with bytes changed is a card of some kind or a fault without content',
    (kind) => {
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
          const block = SOUND_BLOCKS[kind].slice();
          for (const [at, value] of changes) block[at] = value;
          const read = decodeCard(block);
          if (!read.ok) {
            expect(JSON.stringify(read.error)).not.toMatch(/张|陳|史|SMITH|东城|福田|1990|1988|110101|USA/);
          }
        }),
        { numRuns: 1_000 },
      );
    },
  );

  it.each(CARD_KINDS)('of a %s with one byte of its number changed is refused', (kind) => {
    const { offset, length } = PLACES[kind].number;
    for (let at = offset; at < offset + length; at += 1) {
      for (let value = 0; value < 256; value += 1) {
        const block = SOUND_BLOCKS[kind].slice();
        if (block[at] === value) continue;
        block[at] = value;
        expect(decodeCard(block), `byte ${at} as ${value}`).toMatchObject({ ok: false, error: { kind } });
      }
    }
  });
});

describe('the card that an e-ID is issued for', () => {
  it.each(CARD_KINDS)('%s', (kind) => {
    const decoded = decodeCard(SOUND_BLOCKS[kind]);
    expect(decodeAcceptedCard(SOUND_BLOCKS[kind])).toEqual(
      kind === 'resident' ? decoded : { ok: false, error: { reason: 'not-accepted', kind } },
    );
  });

  it('is none that is damaged: the fault is the card’s', () => {
    const block = SOUND_BLOCKS.resident.slice(0, 255);
    expect(decodeAcceptedCard(block)).toEqual(decodeCard(block));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardRecord } from '#domain/identity/card-record.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { encodeCardText } from '#drivers/simulator/card-text.ts';
import { ANY_CARD } from '../../domain/identity/any-card.ts';
import { CARD_KINDS, SOUND_BLOCKS } from '../../domain/identity/card-text-block.ts';

function soundCard(kind: CardRecord['kind']): CardRecord {
  const decoded = decodeCard(SOUND_BLOCKS[kind]);
  if (!decoded.ok) throw new Error(`the ${kind} is not sound`);
  return decoded.value;
}

describe('a simulated card', () => {
  it.each(CARD_KINDS)('of the kind %s carries the same bytes as the real one', (kind) => {
    expect(Buffer.from(encodeCardText(soundCard(kind)))).toEqual(Buffer.from(SOUND_BLOCKS[kind]));
  });

  it.each(CARD_KINDS)('of the kind %s reads back as whoever was written on it', (kind) => {
    fc.assert(
      fc.property(ANY_CARD[kind], (card) => {
        expect(decodeCard(encodeCardText(card))).toEqual({ ok: true, value: card });
      }),
      { numRuns: 1_000 },
    );
  });

  it('has room for a name of 46 characters in its two fields, and for no longer one', () => {
    const card = soundCard('foreigner-2023');
    const named = (length: number) => ({ ...card, latinName: 'X'.repeat(length) }) as CardRecord;
    expect(decodeCard(encodeCardText(named(46)))).toEqual({ ok: true, value: named(46) });
    expect(() => encodeCardText(named(47))).toThrow('latinName is longer than the card has room for');
  });

  it('is refused a name that would run into the next field', () => {
    const card = { ...soundCard('resident'), name: '张'.repeat(16) };
    expect(() => encodeCardText(card)).toThrow('name is longer than the card has room for');
  });
});

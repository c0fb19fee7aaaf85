import { describe, expect, it } from 'vitest';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { earlierForeignerNumber } from '#domain/identity/earlier-foreigner-number.ts';
import type { RawCard } from './card-text-block.ts';
import { cardBlock, JOHN_SMITH, JOHN_SMITH_AGAIN, writeField } from './card-text-block.ts';

const kind = 'foreigner-2023';
const read = (change: Partial<RawCard<typeof kind>> = {}) =>
  decodeCard(cardBlock({ kind, fields: { ...JOHN_SMITH_AGAIN, ...change } }));

describe('the text block of a foreign permanent resident’s card of 2023', () => {
  it('reads every field, the name out of its two parts', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        kind,
        latinName: 'SMITH-WINTERBOTTOM, JOHN EDWARD HENRY ALAN',
        chineseName: '史密斯',
        sex: 'male',
        birth: '1988-08-08',
        number: '911840198808080012',
        nationality: 'USA',
        validFrom: '2024-01-01',
        validUntil: '2034-01-01',
        renewals: '01',
        earlierNumberLink: '010',
      },
    });
  });

  it('stands where its table says', () => {
    const block = Buffer.from(cardBlock({ kind, fields: JOHN_SMITH_AGAIN }));
    const at = (offset: number, length: number) => block.toString('utf16le', offset, offset + length);
    expect(at(0, 6)).toBe('史密斯');
    expect(at(30, 2)).toBe('1');
    expect(at(32, 4)).toBe('01');
    expect(at(36, 16)).toBe('19880808');
    expect(at(52, 70)).toBe('SMITH-WINTERBOTTOM, JOHN EDWARD HEN');
    expect(at(122, 36)).toBe('911840198808080012');
    expect(at(158, 30)).toBe(' '.repeat(15));
    expect(at(188, 32)).toBe('2024010120340101');
    expect(at(220, 22)).toBe('RY ALAN    ');
    expect(at(242, 6)).toBe('USA');
    expect(at(248, 2)).toBe('Y');
    expect(at(250, 6)).toBe('010');
  });

  it('keeps the space between two words where the first part ends', () => {
    const latinName = `${'A'.repeat(34)} ${'B'.repeat(11)}`;
    expect(read({ latinName })).toMatchObject({ ok: true, value: { latinName } });
  });

  it('reads a name that ends before its second part, whatever that is padded with', () => {
    const block = cardBlock({ kind, fields: { ...JOHN_SMITH_AGAIN, latinName: 'SMITH, JOHN' } });
    writeField(block, 220, '\0'.repeat(11));
    expect(decodeCard(block)).toMatchObject({ ok: true, value: { latinName: 'SMITH, JOHN' } });
  });

  it('reads one without a Chinese name, one without an earlier number, and one that is long-term', () => {
    expect(read({ chineseName: '', earlierNumberLink: '', validUntil: '长期' })).toMatchObject({
      ok: true,
      value: { chineseName: null, earlierNumberLink: null, validUntil: 'long-term' },
    });
  });

  it('holds no sex against the number, which does not tell it', () => {
    for (const sex of ['0', '1', '2', '9']) expect(read({ sex }).ok).toBe(true);
  });

  it.each<[keyof RawCard<typeof kind>, string, string]>([
    ['latinName', '', 'blank'],
    ['renewals', '', 'blank'],
    ['number', '811840198808080019', 'another first digit'],
    ['number', '911840198808080013', 'a wrong check character'],
    ['nationality', '840', 'digits'],
    ['earlierNumberLink', '01', 'a digit missing'],
    ['validUntil', '20231231', 'a day before the card was issued'],
  ])('names a damaged %s: %j (%s)', (field, content) => {
    expect(read({ [field]: content })).toEqual({
      ok: false,
      error: { reason: 'damaged-field', kind, field },
    });
  });

  it('refuses a number that contradicts the birth', () => {
    const fault = { ok: false, error: { reason: 'number-contradicts-birth', kind } };
    expect(read({ birth: '19880809' })).toEqual(fault);
  });
});

describe('the number of 2017 behind a card of 2023', () => {
  it('is the one on the earlier card', () => {
    expect(earlierForeignerNumber(JOHN_SMITH_AGAIN)).toBe(JOHN_SMITH.number);
  });

  it('is nobody’s when the card links to none', () => {
    expect(earlierForeignerNumber({ ...JOHN_SMITH_AGAIN, earlierNumberLink: null })).toBeNull();
  });
});

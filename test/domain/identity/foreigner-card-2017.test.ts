import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeCard } from '#domain/identity/decode-card.ts';
import type { RawCard } from './card-text-block.ts';
import { cardBlock, JOHN_SMITH } from './card-text-block.ts';

const kind = 'foreigner-2017';
const read = (change: Partial<RawCard<typeof kind>> = {}) =>
  decodeCard(cardBlock({ kind, fields: { ...JOHN_SMITH, ...change } }));

describe('the text block of a foreign permanent resident’s card of 2017', () => {
  it('is laid out as the published vector has it', () => {
    const sha256 = createHash('sha256').update(cardBlock({ kind, fields: JOHN_SMITH }));
    expect(sha256.digest('hex').slice(0, 16)).toBe('28c400f83eb1fa33');
  });

  it('reads every field', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        kind,
        latinName: 'SMITH, JOHN EDWARD',
        chineseName: '史密斯',
        sex: 'male',
        birth: '1988-08-08',
        number: 'USA110188080803',
        nationality: 'USA',
        validFrom: '2018-01-01',
        validUntil: '2028-01-01',
        version: '01',
        acceptingAuthority: '1100',
      },
    });
  });

  it('reads one without a Chinese name, and one that is long-term', () => {
    expect(read({ chineseName: '', validUntil: '长期' })).toMatchObject({
      ok: true,
      value: { chineseName: null, validUntil: 'long-term' },
    });
  });

  it('reads a name of 60 characters', () => {
    const latinName = `${'X'.repeat(29)} ${'Y'.repeat(30)}`;
    expect(read({ latinName })).toMatchObject({ ok: true, value: { latinName } });
  });

  it('takes the century of the birth from the card: the number has none', () => {
    expect(read({ birth: '20080808', number: 'USA110108080803' })).toEqual({
      ok: false,
      error: { reason: 'damaged-field', kind, field: 'number' },
    });
    expect(read({ birth: '18880808' }).ok).toBe(true);
  });

  it('holds no sex against the number, which does not tell it', () => {
    for (const sex of ['0', '1', '2', '9']) expect(read({ sex }).ok).toBe(true);
  });

  it.each<[keyof RawCard<typeof kind>, string, string]>([
    ['latinName', '', 'blank'],
    ['number', 'USA110188080804', 'a wrong check digit'],
    ['nationality', 'US', 'a letter missing'],
    ['nationality', 'usa', 'small letters'],
    ['chineseName', '史\u0000密', 'a control character'],
    ['birth', '19880832', 'a day that does not exist'],
    ['version', 'A1', 'a letter'],
    ['acceptingAuthority', '110', 'a digit missing'],
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

  it('refuses a number of another country, also where its check digit fits', () => {
    const fault = { ok: false, error: { reason: 'number-contradicts-nationality', kind } };
    expect(read({ number: 'KSA110188080803' })).toEqual(fault);
    expect(read({ nationality: 'GBR' })).toEqual(fault);
  });
});

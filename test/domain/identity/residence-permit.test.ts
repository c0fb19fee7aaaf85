import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeCard } from '#domain/identity/decode-card.ts';
import type { RawCard } from './card-text-block.ts';
import { CHAN_TAI_MAN, cardBlock } from './card-text-block.ts';

const kind = 'residence-permit';
const read = (change: Partial<RawCard<typeof kind>> = {}) =>
  decodeCard(cardBlock({ kind, fields: { ...CHAN_TAI_MAN, ...change } }));

describe('the text block of a residence permit for Hong Kong, Macao and Taiwan residents', () => {
  it('is laid out as the published vector has it', () => {
    const sha256 = createHash('sha256').update(cardBlock({ kind, fields: CHAN_TAI_MAN }));
    expect(sha256.digest('hex').slice(0, 16)).toBe('08411e7687208e58');
  });

  it('reads every field, and has no ethnic group', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        kind,
        name: '陳大文',
        sex: 'male',
        birth: '1990-01-01',
        address: '广东省深圳市福田区某路1号',
        number: '810000199001010019',
        authority: '深圳市公安局福田分局',
        validFrom: '2019-01-01',
        validUntil: '2024-01-01',
        travelPermit: 'H12345678',
        issues: '01',
      },
    });
  });

  it.each([
    ['a resident of Macao', { number: '820000199001010010', travelPermit: 'M87654321' }],
    ['a resident of Taiwan', { number: '830000199001010012', travelPermit: '01234567' }],
  ])('reads that of %s', (_, change) => {
    expect(read(change)).toMatchObject({ ok: true, value: change });
  });

  it('reads a long-term permit', () => {
    expect(read({ validUntil: '长期' })).toMatchObject({ ok: true, value: { validUntil: 'long-term' } });
  });

  it.each<[keyof RawCard<typeof kind>, string, string]>([
    ['number', '110101199001010015', 'a place of first registration on the mainland'],
    ['number', '810001199001010015', 'a district, which these numbers do not have'],
    ['number', '810000199001010018', 'a wrong check character'],
    ['travelPermit', 'C12345678', 'the permit of a resident of the mainland'],
    ['travelPermit', 'K12345678', 'no permit’s letter'],
    ['travelPermit', '         ', 'blank'],
    ['issues', '1 ', 'a digit missing'],
    ['validUntil', '20181231', 'a day before the permit was issued'],
  ])('names a damaged %s: %j (%s)', (field, content) => {
    expect(read({ [field]: content })).toEqual({
      ok: false,
      error: { reason: 'damaged-field', kind, field },
    });
  });

  it('refuses a number that contradicts the birth', () => {
    const fault = { ok: false, error: { reason: 'number-contradicts-birth', kind } };
    expect(read({ birth: '19900102' })).toEqual(fault);
  });

  it('refuses a number that contradicts the sex', () => {
    const fault = { ok: false, error: { reason: 'number-contradicts-sex', kind } };
    expect(read({ sex: '2' })).toEqual(fault);
    expect(read({ sex: '0' }).ok).toBe(true);
  });
});

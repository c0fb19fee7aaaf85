import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeCard } from '#domain/identity/decode-card.ts';
import type { RawFields } from './card-text-block.ts';
import { textBlock, ZHANG_SAN } from './card-text-block.ts';

const refused = (reason: string) => ({ ok: false, error: { reason, kind: 'resident' } });
const damaged = (field: string) => ({
  ok: false,
  error: { reason: 'damaged-field', kind: 'resident', field },
});

describe('the text block of a resident card', () => {
  it('is laid out as the published vector has it', () => {
    const sha256 = createHash('sha256')
      .update(textBlock({ ...ZHANG_SAN, sex: '1' }))
      .digest('hex');
    expect(sha256.slice(0, 16)).toBe('6db6f333cbaa7387');
    expect(Buffer.from(textBlock(ZHANG_SAN)).toString('hex')).toMatch(/^205f094e(?:2000){6}/);
  });

  it('reads every field', () => {
    expect(decodeCard(textBlock(ZHANG_SAN))).toEqual({
      ok: true,
      value: {
        kind: 'resident',
        name: '张三',
        sex: 'female',
        ethnicCode: '01',
        birth: '1990-03-07',
        address: '北京市东城区某某胡同1号',
        number: '11010119900307002X',
        authority: '北京市公安局东城分局',
        validFrom: '2020-01-01',
        validUntil: '2040-01-01',
      },
    });
  });

  it('reads a block that is padded with NUL the same', () => {
    expect(decodeCard(textBlock(ZHANG_SAN, '\0'))).toEqual(decodeCard(textBlock(ZHANG_SAN)));
  });

  it('reads a long-term card', () => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, validUntil: '长期' }));
    expect(read).toMatchObject({ ok: true, value: { validUntil: 'long-term' } });
  });

  it('keeps characters beyond the basic plane', () => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, name: '陈𬀩䶮' }));
    expect(read).toMatchObject({ ok: true, value: { name: '陈𬀩䶮' } });
  });

  it.each([
    ['of the supplementary private-use planes', '\u{f0021}\u{10fffd}'],
    ['of the private-use area that registers used before Unicode had the ideograph', '\ue863\ue816'],
    ['that compatibility would turn into another', '\uf9e6\u{2f81a}'],
    ['with an ideographic variation', '葛\u{e0100}'],
  ])('keeps characters %s', (_, name) => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, name: `张${name}` }));
    expect(read).toMatchObject({ ok: true, value: { name: `张${name}` } });
  });

  it('keeps an ethnic code that the standard does not name', () => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, ethnicCode: '58' }));
    expect(read).toMatchObject({ ok: true, value: { ethnicCode: '58' } });
  });

  it.each<[keyof RawFields, string, string]>([
    ['name', '   ', 'blank'],
    ['name', '张\n三', 'a line break'],
    ['name', '张\u202830', 'a line separator'],
    ['name', '张\ud867', 'half a character'],
    ['name', '张\u202e三', 'a mark that reverses what follows'],
    ['name', '张\ufdd0', 'a code point that is no character'],
    ['sex', '3', 'a code that GB/T 2261.1 does not have'],
    ['ethnicCode', '1a', 'a letter'],
    ['birth', '19900230', 'a day that does not exist'],
    ['address', ' '.repeat(35), 'blank'],
    ['number', '110101199003070021', 'a wrong check character'],
    ['authority', '公安\u0007局', 'a control character'],
    ['validFrom', '2020010 ', 'a digit missing'],
    ['validUntil', '长期长期', 'something else than a date'],
    ['validUntil', '20191231', 'a day before the card was issued'],
  ])('names a damaged %s: %j (%s)', (field, content) => {
    expect(decodeCard(textBlock({ ...ZHANG_SAN, [field]: content.padEnd(2) }))).toEqual(damaged(field));
  });

  it('refuses a number that contradicts the birth', () => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, birth: '19900308' }));
    expect(read).toEqual(refused('number-contradicts-birth'));
  });

  it('refuses a number that contradicts the sex, as in the published vector', () => {
    const read = decodeCard(textBlock({ ...ZHANG_SAN, sex: '1' }));
    expect(read).toEqual(refused('number-contradicts-sex'));
  });

  it('does not hold an unstated sex against the number', () => {
    expect(decodeCard(textBlock({ ...ZHANG_SAN, sex: '9' }))).toMatchObject({
      ok: true,
      value: { sex: 'not-stated' },
    });
  });
});

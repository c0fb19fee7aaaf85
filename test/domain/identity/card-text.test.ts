import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCardText } from '#domain/identity/card-text.ts';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import type { RawFields } from './card-text-block.ts';
import { asKind, textBlock, writeField, ZHANG_SAN } from './card-text-block.ts';

const damaged = (field: string) => ({ ok: false, error: { reason: 'damaged-field', field } });

describe('the text block of a resident card', () => {
  it('is laid out as the published vector has it', () => {
    const sha256 = createHash('sha256')
      .update(textBlock({ ...ZHANG_SAN, sex: '1' }))
      .digest('hex');
    expect(sha256.slice(0, 16)).toBe('6db6f333cbaa7387');
  });

  it('reads every field', () => {
    expect(decodeCardText(textBlock(ZHANG_SAN))).toEqual({
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
    expect(decodeCardText(textBlock(ZHANG_SAN, '\0'))).toEqual(decodeCardText(textBlock(ZHANG_SAN)));
  });

  it('reads a long-term card', () => {
    const read = decodeCardText(textBlock({ ...ZHANG_SAN, validUntil: '长期' }));
    expect(read).toMatchObject({ ok: true, value: { validUntil: 'long-term' } });
  });

  it('keeps characters beyond the basic plane', () => {
    const read = decodeCardText(textBlock({ ...ZHANG_SAN, name: '陈𬀩䶮' }));
    expect(read).toMatchObject({ ok: true, value: { name: '陈𬀩䶮' } });
  });

  it('keeps an ethnic code that the standard does not name', () => {
    const read = decodeCardText(textBlock({ ...ZHANG_SAN, ethnicCode: '58' }));
    expect(read).toMatchObject({ ok: true, value: { ethnicCode: '58' } });
  });

  it.each([['permit-hong-kong-macao-taiwan'], ['foreigner-2017'], ['foreigner-2023']] as const)(
    'refuses a %s by its flag, however much it looks like a resident card',
    (kind) => {
      expect(decodeCardText(asKind(textBlock(ZHANG_SAN), kind))).toEqual({
        ok: false,
        error: { reason: 'wrong-card-kind', kind },
      });
    },
  );

  it.each([0, 255, 257, 1280])('refuses %i bytes', (length) => {
    expect(decodeCardText(new Uint8Array(length))).toEqual({
      ok: false,
      error: { reason: 'wrong-length', length },
    });
  });

  it.each<[keyof RawFields, string, string]>([
    ['name', '   ', 'blank'],
    ['name', '张\n三', 'a line break'],
    ['name', '张\u202830', 'a line separator'],
    ['name', '张\ud867', 'half a character'],
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
    expect(decodeCardText(textBlock({ ...ZHANG_SAN, [field]: content.padEnd(2) }))).toEqual(damaged(field));
  });

  it('refuses a number that contradicts the birth', () => {
    const read = decodeCardText(textBlock({ ...ZHANG_SAN, birth: '19900308' }));
    expect(read).toEqual({ ok: false, error: { reason: 'number-contradicts-birth' } });
  });

  it('refuses a number that contradicts the sex', () => {
    const read = decodeCardText(textBlock({ ...ZHANG_SAN, sex: '1' }));
    expect(read).toEqual({ ok: false, error: { reason: 'number-contradicts-sex' } });
  });

  it('does not hold an unstated sex against the number', () => {
    expect(decodeCardText(textBlock({ ...ZHANG_SAN, sex: '9' }))).toMatchObject({
      ok: true,
      value: { sex: 'not-stated' },
    });
  });

  it('survives any 256 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (block) => {
        expect(decodeCardText(block).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('never carries content in a fault', () => {
    const byteChange = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byteChange, { minLength: 1, maxLength: 8 }), (changes) => {
        const block = textBlock(ZHANG_SAN);
        for (const [at, value] of changes) block[at] = value;
        const read = decodeCardText(block);
        if (!read.ok) expect(JSON.stringify(read.error)).not.toMatch(/张|东城|1990|110101/);
      }),
    );
  });

  it('reads back any resident that can be written', () => {
    const han = fc.constantFrom(...'王李张刘陈杨赵黄周吴𬀩䶮㛃·');
    const text = (maxLength: number) =>
      fc.string({ unit: han, minLength: 1, maxLength }).filter((value) => value.length <= maxLength);
    const birth = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
    const resident = fc.record({
      name: text(15),
      address: text(35),
      authority: text(15),
      birth,
      sequence: fc.integer({ min: 0, max: 999 }).map((value) => String(value).padStart(3, '0')),
      ethnic: fc.integer({ min: 1, max: 98 }).map((value) => String(value).padStart(2, '0')),
    });
    fc.assert(
      fc.property(resident, (person) => {
        const digits = `440103${person.birth}${person.sequence}`;
        const number = digits + citizenNumberCheckCharacter(digits);
        const block = textBlock({
          ...ZHANG_SAN,
          name: person.name,
          address: person.address,
          authority: person.authority,
          birth: person.birth,
          number,
          sex: Number(person.sequence) % 2 === 1 ? '1' : '2',
          ethnicCode: person.ethnic,
        });
        writeField(block, 220, ' '.repeat(18));
        expect(decodeCardText(block)).toMatchObject({
          ok: true,
          value: { name: person.name, address: person.address, authority: person.authority, number },
        });
      }),
    );
  });
});

import { decode, encode } from 'base45';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32Decode, base32Encode, base32Tidy, inGroupsOfFour } from '#protocol/text/base32.ts';
import { base45Decode, base45Encode } from '#protocol/text/base45.ts';

const bytes = fc.uint8Array({ maxLength: 120 });

describe('Base45 (RFC 9285)', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes %s as section 4 does', (text, written) => {
    expect(base45Encode(Buffer.from(text))).toBe(written);
    expect(Buffer.from(base45Decode(written) ?? []).toString()).toBe(text);
  });

  test('agrees with another implementation both ways', () => {
    fc.assert(
      fc.property(bytes, (octets) => {
        const text = base45Encode(octets);
        expect(text).toBe(encode(octets));
        expect(Buffer.from(base45Decode(text) ?? []).equals(decode(text))).toBe(true);
        expect(base45Decode(text)).toEqual(new Uint8Array(octets));
      }),
    );
  });

  test.each(['A', 'ABCD', 'ab', 'A€', 'GGX', ':::', '::'])('refuses %s', (text) => {
    expect(base45Decode(text)).toBeUndefined();
  });

  test('any text gives octets that are written just so, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const octets = base45Decode(text);
        if (octets) expect(base45Encode(octets)).toBe(text);
      }),
    );
  });
});

describe('base32 for people', () => {
  test('keeps every bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (octets) => {
        const text = base32Encode(octets, 80);
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        expect(base32Decode(text)).toEqual(new Uint8Array(octets));
      }),
    );
  });

  test('reads what people write for its letters', () => {
    expect(base32Tidy(' oil0-1 ')).toBe('01101');
    expect(base32Decode('U')).toBeUndefined();
    expect(inGroupsOfFour('ABCDEFGHI')).toBe('ABCD-EFGH-I');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeWith } from '#protocol/codec/codec.ts';
import { signMessage } from '#protocol/cose/sign1.ts';
import { thumbprintOf } from '#protocol/keys/kid.ts';
import {
  lastFourOf,
  lastFourOfThumbprint,
  makePhoneCode,
  PHONE_CODE_PREFIX,
  phoneCodeCodec,
  readPhoneCode,
} from '#protocol/phone-code.ts';
import { base45Decode, base45Encode } from '#protocol/text/base45.ts';
import { phoneSigner, rootSigner, testBytes } from './sample.ts';

const codeId = testBytes('code id', 16);
const text = makePhoneCode({ signer: phoneSigner, phoneTime: 1_772_415_000_000, codeId, name: '小满的手机' });
const octets = base45Decode(text.slice(PHONE_CODE_PREFIX.length)) ?? new Uint8Array(0);
const codeOf = (bytes: Uint8Array) => `${PHONE_CODE_PREFIX}${base45Encode(bytes)}`;

/** Signed by `phoneSigner`'s kid or not, with contents to choose. */
function signedWith(publicKey: Uint8Array, signer = phoneSigner): string {
  const payload = encodeWith(phoneCodeCodec, { publicKey, codeId, phoneTime: 0, name: null }, 'phone');
  return codeOf(signMessage({ kind: 'phone', payload, signer }));
}

describe('a phone code', () => {
  test('is read with its key, id, time and name', () => {
    expect(readPhoneCode(text)).toEqual({
      ok: true,
      value: {
        publicKey: phoneSigner.publicKey,
        codeId,
        phoneTime: 1_772_415_000_000,
        name: '小满的手机',
      },
    });
  });

  test('may come without a name and fits a QR code that a phone shows well', () => {
    const plain = makePhoneCode({ signer: phoneSigner, phoneTime: 5, codeId });
    expect(readPhoneCode(plain)).toMatchObject({ ok: true, value: { name: null } });
    expect(plain.length).toBeLessThan(500);
  });

  test.each(['', 'https://qr.example/pay?x=1', 'EID1:ABC', 'eidp1:ABC'])('%s is not ours', (other) => {
    expect(readPhoneCode(other)).toEqual({ ok: false, error: 'not-ours' });
  });

  test('with a bit turned over anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: octets.length * 8 - 1 }), (bit) => {
        const changed = octets.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !readPhoneCode(codeOf(changed)).ok;
      }),
      { numRuns: 150 },
    );
  });

  test('signed by another key than it names is refused', () => {
    const impostor = { ...rootSigner, kid: phoneSigner.kid };
    expect(readPhoneCode(signedWith(phoneSigner.publicKey, impostor))).toEqual({
      ok: false,
      error: 'bad-signature',
    });
  });

  test('whose kid is not that of its key is refused', () => {
    const odd = { ...phoneSigner, kid: rootSigner.kid };
    expect(readPhoneCode(signedWith(phoneSigner.publicKey, odd))).toEqual({ ok: false, error: 'malformed' });
  });

  test.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ])('with a key of low order, which would fit every signature, is refused: %s', (key) => {
    expect(readPhoneCode(signedWith(new Uint8Array(Buffer.from(key, 'hex'))))).toEqual({
      ok: false,
      error: 'malformed',
    });
  });

  test('of any text gives a reason and never an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), (any, bytes) => {
        return (
          !readPhoneCode(any).ok &&
          !readPhoneCode(`${PHONE_CODE_PREFIX}${any}`).ok &&
          !readPhoneCode(codeOf(bytes)).ok
        );
      }),
    );
    expect(readPhoneCode(`${PHONE_CODE_PREFIX}${'0'.repeat(4000)}`)).toEqual({
      ok: false,
      error: 'malformed',
    });
  });
});

describe('the last four', () => {
  test('are the last 20 bits of the thumbprint in letters that nobody confuses', () => {
    const thumbprint = thumbprintOf(phoneSigner.publicKey);
    const tail = BigInt(`0x${Buffer.from(thumbprint).toString('hex')}`) & 0xfffffn;
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const expected = [15n, 10n, 5n, 0n].map((shift) => alphabet[Number((tail >> shift) & 31n)]).join('');
    expect(lastFourOf(phoneSigner.publicKey)).toBe(expected);
    expect(lastFourOfThumbprint(thumbprint)).toBe(expected);
  });
});

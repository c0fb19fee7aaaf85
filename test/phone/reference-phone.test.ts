import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { makeReferencePhone } from '#phone/reference-phone.ts';
import { lastFourOf, readPhoneCode } from '#protocol/phone-code.ts';

const seed = new Uint8Array(32).fill(7);
const now = () => Date.UTC(2026, 10, 23, 2, 15);

describe('the reference phone', () => {
  it('shows a code that a terminal accepts, signed by its own key', () => {
    const phone = makeReferencePhone({ seed, now, name: 'Demo phone' });
    const read = readPhoneCode(phone.code());
    expect(read.ok && read.value.publicKey).toEqual(phone.publicKey);
    expect(read.ok && read.value.phoneTime).toBe(now());
    expect(read.ok && read.value.name).toBe('Demo phone');
  });

  it('never shows the same code twice', () => {
    const phone = makeReferencePhone({ seed, now });
    const codes = Array.from({ length: 20 }, () => phone.code());
    expect(new Set(codes).size).toBe(20);
  });

  it('shows the four characters that the terminal works out from its key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (ownSeed) => {
        const phone = makeReferencePhone({ seed: ownSeed, now });
        return phone.lastFour === lastFourOf(phone.publicKey) && phone.lastFour.length === 4;
      }),
      { numRuns: 8 },
    );
  });

  it('is the same phone for the same seed and another for another', () => {
    const other = makeReferencePhone({ seed: new Uint8Array(32).fill(8), now });
    const phone = makeReferencePhone({ seed, now });
    expect(makeReferencePhone({ seed, now }).publicKey).toEqual(phone.publicKey);
    expect(other.publicKey).not.toEqual(phone.publicKey);
  });

  it('signs a desk’s nonce with the key that the e-ID names', () => {
    const phone = makeReferencePhone({ seed, now });
    const nonce = new Uint8Array(16).fill(3);
    expect(nacl.sign.detached.verify(nonce, phone.sign(nonce), phone.publicKey)).toBe(true);
  });

  it.each([15, 33, 200])(
    'signs nothing of %i bytes for a desk: it could be a request in its name',
    (length) => {
      const phone = makeReferencePhone({ seed, now });
      expect(() => phone.sign(new Uint8Array(length))).toThrow(RangeError);
    },
  );
});

import fc from 'fast-check';
import sodium from 'libsodium-wrappers';
import { beforeAll, describe, expect, test } from 'vitest';
import { newSealingKeyPair, openSealed, SEALING_OVERHEAD, seal, wipe } from '#protocol/sealing.ts';
import { credentialKeyPair, sealingKeyPair } from './sample.ts';

beforeAll(async () => {
  await sodium.ready;
});

const message = fc.uint8Array({ maxLength: 600 });
const { publicKey, secretKey } = sealingKeyPair;

describe('sealed boxes', () => {
  test('that we seal, libsodium opens', () => {
    fc.assert(
      fc.property(message, (bytes) => {
        const sealed = seal({ bytes, publicKey });
        expect(sealed.length).toBe(bytes.length + SEALING_OVERHEAD);
        expect(sodium.crypto_box_seal_open(sealed, publicKey, secretKey)).toEqual(new Uint8Array(bytes));
      }),
      { numRuns: 30 },
    );
  });

  test('that libsodium seals, we open', () => {
    fc.assert(
      fc.property(message, (bytes) => {
        const sealed = sodium.crypto_box_seal(bytes, publicKey);
        expect(openSealed({ sealed, keyPair: sealingKeyPair })).toEqual({
          ok: true,
          value: new Uint8Array(bytes),
        });
      }),
      { numRuns: 30 },
    );
  });

  test('sealed twice are different each time', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(seal({ bytes, publicKey })).not.toEqual(seal({ bytes, publicKey }));
  });

  test('for another key, changed anywhere, cut or invented are refused', () => {
    const sealed = seal({ bytes: Uint8Array.of(1, 2, 3), publicKey });
    const refused = { ok: false, error: 'not-sealed-to-this-key' };
    expect(openSealed({ sealed, keyPair: credentialKeyPair })).toEqual(refused);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openSealed({ sealed: changed, keyPair: sealingKeyPair }), `octet ${at}`).toEqual(refused);
      expect(openSealed({ sealed: sealed.subarray(0, at), keyPair: sealingKeyPair })).toEqual(refused);
    }
    fc.assert(
      fc.property(message, (bytes) => {
        expect(openSealed({ sealed: bytes, keyPair: sealingKeyPair })).toEqual(refused);
      }),
      { numRuns: 50 },
    );
  });

  test('a new key pair comes from the randomness that was given', () => {
    const pair = newSealingKeyPair((length) => secretKey.slice(0, length));
    expect(pair).toEqual(sealingKeyPair);
  });

  test('wiping leaves zeros', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    wipe(bytes);
    expect(bytes).toEqual(new Uint8Array(3));
  });
});

import { scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPassword, makePasswordVerifier, openPasswordVerifier } from '#protocol/password-verifier.ts';
import { seal } from '#protocol/sealing.ts';
import { credentialKeyPair, sealingKeyPair, testBytes } from './sample.ts';

const password = new TextEncoder().encode('27182818');
const salt = testBytes('salt', 16);
const sealed = await makePasswordVerifier({
  password,
  salt,
  credentialPublicKey: credentialKeyPair.publicKey,
});

describe('a password verifier', () => {
  test('is scrypt with N 32768, r 8, p 1 and opens with the credential key only', async () => {
    const opened = openPasswordVerifier({ sealed, keyPair: credentialKeyPair });
    if (!opened.ok) throw new Error(opened.error.reason);
    const expected = scryptSync(password, salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 2 ** 26 });
    expect(Buffer.from(opened.value.hash).equals(expected)).toBe(true);
    expect(await checkPassword({ password, verifier: opened.value })).toBe(true);
    const wrong = new TextEncoder().encode('27182819');
    expect(await checkPassword({ password: wrong, verifier: opened.value })).toBe(false);
    expect(openPasswordVerifier({ sealed, keyPair: sealingKeyPair })).toMatchObject({
      ok: false,
      error: { reason: 'not-sealed-to-this-key' },
    });
  });

  test('does not change the password, which its owner wipes', () => {
    expect(new TextDecoder().decode(password)).toBe('27182818');
  });

  test('with a salt of the wrong length is not made', async () => {
    const short = new Uint8Array(8);
    await expect(
      makePasswordVerifier({ password, salt: short, credentialPublicKey: credentialKeyPair.publicKey }),
    ).rejects.toThrow('password-verifier.salt must be bstr 16');
  });

  test('of any octets under the credential key gives a reason and never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const box = seal({ bytes, publicKey: credentialKeyPair.publicKey });
        return !openPasswordVerifier({ sealed: box, keyPair: credentialKeyPair }).ok;
      }),
      { numRuns: 30 },
    );
  });
});

import { scryptSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  checkPassword,
  makePasswordVerifier,
  openPasswordProof,
  openPasswordVerifier,
  sealPasswordProof,
} from '#protocol/password-verifier.ts';
import { seal } from '#protocol/sealing.ts';
import { credentialKeyPair, sealingKeyPair, testBytes } from './sample.ts';

/** The very buffers that went into sealing and came out of opening. */
const plain = vi.hoisted(() => ({ sealed: [] as Uint8Array[], opened: [] as Uint8Array[] }));
vi.mock('#protocol/sealing.ts', async (original) => {
  const real = await original<typeof import('#protocol/sealing.ts')>();
  return {
    ...real,
    seal: (request: Parameters<typeof real.seal>[0]) => {
      plain.sealed.push(request.bytes);
      return real.seal(request);
    },
    openSealed: (request: Parameters<typeof real.openSealed>[0]) => {
      const opened = real.openSealed(request);
      if (opened.ok) plain.opened.push(opened.value);
      return opened;
    },
  };
});
/** Every hash that scrypt gave out. */
const derived = vi.hoisted(() => [] as Uint8Array[]);
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const scrypt = (...call: Parameters<typeof real.scrypt>) => {
    const done = call.at(-1) as (error: Error | null, key: Buffer) => void;
    const listener: typeof done = (error, key) => {
      derived.push(key);
      done(error, key);
    };
    real.scrypt(...([...call.slice(0, -1), listener] as unknown as typeof call));
  };
  return { ...real, scrypt };
});
const zeroed = (bytes: Uint8Array) => bytes.every((octet) => octet === 0);

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

  test('leaves neither the hash nor its plain form in memory, whatever becomes of the call', async () => {
    derived.length = 0;
    plain.sealed.length = 0;
    const { publicKey } = credentialKeyPair;
    await makePasswordVerifier({ password, salt, credentialPublicKey: publicKey });
    await expect(
      makePasswordVerifier({ password, salt, credentialPublicKey: publicKey.subarray(1) }),
    ).rejects.toThrow();
    await expect(
      makePasswordVerifier({ password, salt: new Uint8Array(8), credentialPublicKey: publicKey }),
    ).rejects.toThrow();
    expect(derived).toHaveLength(3);
    expect(plain.sealed).toHaveLength(2);
    expect([...derived, ...plain.sealed].every(zeroed)).toBe(true);
  });

  test('that was opened is still whole when the octets it came from are zeroed', async () => {
    plain.opened.length = 0;
    const opened = openPasswordVerifier({ sealed, keyPair: credentialKeyPair });
    if (!opened.ok) throw new Error(opened.error.reason);
    expect(plain.opened.map(zeroed)).toEqual([true]);
    expect(zeroed(opened.value.hash)).toBe(false);
    derived.length = 0;
    expect(await checkPassword({ password, verifier: opened.value })).toBe(true);
    expect(derived.map(zeroed)).toEqual([true]);
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

describe('a proof of a password', () => {
  const proof = sealPasswordProof({ password, credentialPublicKey: credentialKeyPair.publicKey });

  test('opens to the digits with the credential key only', () => {
    expect(openPasswordProof({ sealed: proof, keyPair: credentialKeyPair })).toEqual({
      ok: true,
      value: password,
    });
    expect(openPasswordProof({ sealed: proof, keyPair: sealingKeyPair })).toMatchObject({
      ok: false,
      error: { reason: 'not-sealed-to-this-key' },
    });
  });

  test('leaves no digits in memory but those that its reader wipes', () => {
    plain.sealed.length = 0;
    plain.opened.length = 0;
    const { publicKey } = credentialKeyPair;
    const sealed = sealPasswordProof({ password, credentialPublicKey: publicKey });
    expect(() => sealPasswordProof({ password, credentialPublicKey: publicKey.subarray(1) })).toThrow();
    const opened = openPasswordProof({ sealed, keyPair: credentialKeyPair });
    expect(opened).toMatchObject({ ok: true, value: password });
    expect(plain.sealed).toHaveLength(2);
    expect(plain.opened).toHaveLength(1);
    expect([...plain.sealed, ...plain.opened].every(zeroed)).toBe(true);
    expect(new TextDecoder().decode(password)).toBe('27182818');
  });

  test.each(['1234567', '123456789', '1234567x', '１２３'])('of %s is not made', (typed) => {
    const digits = new TextEncoder().encode(typed);
    expect(() =>
      sealPasswordProof({ password: digits, credentialPublicKey: credentialKeyPair.publicKey }),
    ).toThrow('password-proof.password must be bstr 8');
  });

  test('of any octets under the credential key gives a reason and never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const box = seal({ bytes, publicKey: credentialKeyPair.publicKey });
        return !openPasswordProof({ sealed: box, keyPair: credentialKeyPair }).ok;
      }),
      { numRuns: 30 },
    );
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kidOf, sealingKidOf, thumbprintOf } from '#protocol/keys/kid.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { tweetnaclSigner, tweetnaclVerifier } from '#protocol/keys/tweetnacl-signer.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const seed32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('both signers', () => {
  test('agree with RFC 8032 section 7.1, test 2', () => {
    const seed = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const signature =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
    for (const signer of [tweetnaclSigner(seed), nodeSigner(seed)]) {
      expect(Buffer.from(signer.publicKey).toString('hex')).toBe(
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      );
      expect(Buffer.from(signer.sign(hex('72'))).toString('hex')).toBe(signature);
    }
  });

  test('make the same key, kid and signature of any seed, and verify each other', () => {
    fc.assert(
      fc.property(seed32, fc.uint8Array({ maxLength: 200 }), (seed, message) => {
        const ours = tweetnaclSigner(seed);
        const theirs = nodeSigner(seed);
        expect(ours.publicKey).toEqual(theirs.publicKey);
        expect(ours.kid).toEqual(theirs.kid);
        const signature = ours.sign(message);
        expect(theirs.sign(message)).toEqual(signature);
        expect(nodeVerifier(ours.publicKey).verify(message, signature)).toBe(true);
        expect(tweetnaclVerifier(ours.publicKey).verify(message, signature)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('refuse what is no signature at all without throwing', () => {
    const { publicKey } = nodeSigner(new Uint8Array(32));
    for (const verifier of [nodeVerifier(publicKey), tweetnaclVerifier(publicKey)]) {
      expect(verifier.verify(Uint8Array.of(1), new Uint8Array(0))).toBe(false);
      expect(verifier.verify(Uint8Array.of(1), new Uint8Array(64))).toBe(false);
      expect(verifier.verify(Uint8Array.of(1), new Uint8Array(65))).toBe(false);
    }
  });

  test('refuse a seed of the wrong length', () => {
    expect(() => nodeSigner(new Uint8Array(31))).toThrow('32 bytes');
    expect(() => tweetnaclSigner(new Uint8Array(31))).toThrow();
  });
});

describe('key ids (RFC 9679)', () => {
  const key = new Uint8Array(32).fill(7);
  const raw = Buffer.from(key).toString('hex');

  test('an Ed25519 thumbprint is SHA-256 of {1: 1, -1: 6, -2: x}', () => {
    const octets = hex(`a301012006215820${raw}`);
    const digest = createHash('sha256').update(octets).digest();
    expect(Buffer.from(thumbprintOf(key)).equals(digest)).toBe(true);
    expect(Buffer.from(kidOf(key)).equals(digest.subarray(0, 8))).toBe(true);
  });

  test('an X25519 key of the same octets has another kid', () => {
    const digest = createHash('sha256')
      .update(hex(`a301012004215820${raw}`))
      .digest();
    expect(Buffer.from(sealingKidOf(key)).equals(digest.subarray(0, 8))).toBe(true);
    expect(sealingKidOf(key)).not.toEqual(kidOf(key));
  });
});

import nacl from 'tweetnacl';
import sealedbox from 'tweetnacl-sealedbox-js';
import type { RandomBytes } from '#domain/clock.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { sealingKidOf } from './keys/kid.ts';

/** X25519 key pair that packets or password verifiers are sealed to. */
export interface SealingKeyPair {
  readonly kid: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes. */
  readonly secretKey: Uint8Array;
}

/** Ephemeral public key (32) and Poly1305 tag (16). */
export const SEALING_OVERHEAD = 48;

export function newSealingKeyPair(randomBytes: RandomBytes): SealingKeyPair {
  return sealingKeyPairFrom(randomBytes(32));
}

export function sealingKeyPairFrom(secretKey: Uint8Array): SealingKeyPair {
  const pair = nacl.box.keyPair.fromSecretKey(secretKey);
  return { kid: sealingKidOf(pair.publicKey), publicKey: pair.publicKey, secretKey: pair.secretKey };
}

/**
 * libsodium's crypto_box_seal:
 *
 * | octets | content |
 * |---|---|
 * | 0-31 | ephemeral X25519 public key |
 * | 32-47 | Poly1305 tag |
 * | 48- | XSalsa20 ciphertext; nonce = BLAKE2b-192(ephemeral key, recipient's key) |
 */
export function seal(request: { readonly bytes: Uint8Array; readonly publicKey: Uint8Array }): Uint8Array {
  return sealedbox.seal(request.bytes, request.publicKey);
}

export function openSealed(request: {
  readonly sealed: Uint8Array;
  readonly keyPair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
}): Result<Uint8Array, 'not-sealed-to-this-key'> {
  const { sealed, keyPair } = request;
  // The library slices without looking, and throws on what is shorter than a key.
  if (sealed.length < SEALING_OVERHEAD) return err('not-sealed-to-this-key');
  const opened = sealedbox.open(sealed, keyPair.publicKey, keyPair.secretKey);
  return opened ? ok(opened) : err('not-sealed-to-this-key');
}

/** Zeroes bytes that were personal or secret. The runtime may still hold copies that nobody can reach. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0);
}

import { scrypt, timingSafeEqual } from 'node:crypto';
import { field, record } from './codec/containers.ts';
import { bytes } from './codec/scalars.ts';

/**
 * What a PIN is compared with: scrypt (RFC 7914), N = 2^15, r = 8, p = 1, about 80 ms and 32 MB. Six digits can be
 * guessed from it within a day all the same: it travels to certified stations only and lies there encrypted.
 */
export interface PinVerifier {
  /** Random, 16 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

const HASH_BYTES = 32;
export const PIN_SALT_BYTES = 16;
const OPTIONS = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

export const pinVerifierCodec = record<PinVerifier>('PIN verifier', {
  salt: field(1, bytes(PIN_SALT_BYTES), 'random'),
  hash: field(2, bytes(HASH_BYTES), 'scrypt of the digits, N = 2^15, r = 8, p = 1'),
});

function derive(pin: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, OPTIONS, (error, key) => {
      if (error) reject(error);
      else resolve(new Uint8Array(key.buffer, key.byteOffset, key.byteLength));
    });
  });
}

/** `pin` is UTF-8 digits, which the caller wipes; `salt` is {@link PIN_SALT_BYTES} random bytes. */
export async function makePinVerifier(request: {
  readonly pin: Uint8Array;
  readonly salt: Uint8Array;
}): Promise<PinVerifier> {
  return { salt: request.salt, hash: await derive(request.pin, request.salt) };
}

/** Compares in constant time. */
export async function checkPin(request: {
  readonly pin: Uint8Array;
  readonly verifier: PinVerifier;
}): Promise<boolean> {
  const hash = await derive(request.pin, request.verifier.salt);
  try {
    return timingSafeEqual(hash, request.verifier.hash);
  } finally {
    hash.fill(0);
  }
}

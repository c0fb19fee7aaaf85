import { scrypt, timingSafeEqual } from 'node:crypto';
import { PASSWORD_LENGTH } from '#domain/enrolment/password-rules.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { decodeWith, encodeWith, type Misfit, mapped } from './codec/codec.ts';
import { field, record } from './codec/containers.ts';
import { bytes, constant } from './codec/scalars.ts';
import { openSealed, seal, wipe } from './sealing.ts';

/** scrypt (RFC 7914). Eight digits can be guessed all the same: sealing, pepper and the issuer's counter protect them. */
export interface PasswordVerifier {
  readonly version: 1;
  readonly cost: typeof COST;
  readonly blockSize: typeof BLOCK_SIZE;
  readonly parallel: typeof PARALLEL;
  /** Random, 16 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** N = 2^15: about 80 ms and 32 MB. */
const COST = 32_768;
const BLOCK_SIZE = 8;
const PARALLEL = 1;
const HASH_BYTES = 32;
export const SALT_BYTES = 16;

export const passwordVerifierCodec = record<PasswordVerifier>('password verifier', {
  version: field(1, constant(1)),
  cost: field(2, constant(COST), 'scrypt N'),
  blockSize: field(3, constant(BLOCK_SIZE), 'scrypt r'),
  parallel: field(4, constant(PARALLEL), 'scrypt p'),
  salt: field(5, bytes(SALT_BYTES)),
  hash: field(6, bytes(HASH_BYTES)),
});

/** scrypt with the parameters above: 32 bytes, which the caller wipes. */
export function derivePasswordHash(request: {
  /** UTF-8 octets. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
}): Promise<Uint8Array> {
  const { password, salt } = request;
  return new Promise((resolve, reject) => {
    const options = { N: COST, r: BLOCK_SIZE, p: PARALLEL, maxmem: 64 * 1024 * 1024 };
    scrypt(password, salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error);
      // A plain view of the same memory: the codecs take no Buffer, and a copy would be one more to wipe.
      else resolve(new Uint8Array(key.buffer, key.byteOffset, key.byteLength));
    });
  });
}

/**
 * The verifier of a password (UTF-8 octets, which the caller wipes), sealed to the credential key: neither the station
 * after this call nor the registry's adjudication can try guesses against it.
 */
export async function makePasswordVerifier(request: {
  readonly password: Uint8Array;
  /** {@link SALT_BYTES} random bytes. */
  readonly salt: Uint8Array;
  readonly credentialPublicKey: Uint8Array;
}): Promise<Uint8Array> {
  const { password, salt, credentialPublicKey } = request;
  const hash = await derivePasswordHash({ password, salt });
  try {
    const verifier = {
      version: 1,
      cost: COST,
      blockSize: BLOCK_SIZE,
      parallel: PARALLEL,
      salt,
      hash,
    } as const;
    const plain = encodeWith(passwordVerifierCodec, verifier, 'password-verifier');
    try {
      return seal({ bytes: plain, publicKey: credentialPublicKey });
    } finally {
      wipe(plain);
    }
  } finally {
    wipe(hash);
  }
}

/** What it returns is the caller's to wipe. */
export function openPasswordVerifier(request: {
  readonly sealed: Uint8Array;
  readonly keyPair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
}): Result<PasswordVerifier, Misfit | { readonly reason: 'not-sealed-to-this-key'; readonly where: string }> {
  const plain = openSealed(request);
  if (!plain.ok) return err({ reason: plain.error, where: 'password-verifier' });
  try {
    return decodeWith(passwordVerifierCodec, plain.value, {
      name: 'password-verifier',
      maxBytes: 400,
      maxDepth: 1,
    });
  } finally {
    wipe(plain.value);
  }
}

interface PasswordProof {
  readonly version: 1;
  /** ASCII digits. */
  readonly password: Uint8Array;
}

const digits = mapped(bytes(PASSWORD_LENGTH), {
  shape: `bstr ${PASSWORD_LENGTH}, ASCII digits`,
  write: (password: Uint8Array) => password,
  read: (password) => (password.every((octet) => octet >= 0x30 && octet <= 0x39) ? password : undefined),
});

export const passwordProofCodec = record<PasswordProof>('password proof', {
  version: field(1, constant(1)),
  password: field(2, digits, 'as typed'),
});

/**
 * The password of an e-ID that exists, sealed to the credential key. The station has no salt, so that issuance derives
 * and compares. `password` is eight ASCII digits, which the caller wipes; throws a RangeError for anything else.
 */
export function sealPasswordProof(request: {
  readonly password: Uint8Array;
  readonly credentialPublicKey: Uint8Array;
}): Uint8Array {
  const { password, credentialPublicKey } = request;
  const plain = encodeWith(passwordProofCodec, { version: 1, password }, 'password-proof');
  try {
    return seal({ bytes: plain, publicKey: credentialPublicKey });
  } finally {
    wipe(plain);
  }
}

/** The password as typed, the caller's to wipe. */
export function openPasswordProof(request: {
  readonly sealed: Uint8Array;
  readonly keyPair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
}): Result<Uint8Array, Misfit | { readonly reason: 'not-sealed-to-this-key'; readonly where: string }> {
  const plain = openSealed(request);
  if (!plain.ok) return err({ reason: plain.error, where: 'password-proof' });
  try {
    const name = 'password-proof';
    const proof = decodeWith(passwordProofCodec, plain.value, { name, maxBytes: 64, maxDepth: 1 });
    return proof.ok ? ok(proof.value.password) : proof;
  } finally {
    wipe(plain.value);
  }
}

/** Compares in constant time. */
export async function checkPassword(request: {
  readonly password: Uint8Array;
  readonly verifier: PasswordVerifier;
}): Promise<boolean> {
  const { password, verifier } = request;
  const hash = await derivePasswordHash({ password, salt: verifier.salt });
  try {
    return timingSafeEqual(hash, verifier.hash);
  } finally {
    wipe(hash);
  }
}

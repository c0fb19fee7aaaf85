import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { kidOf } from './kid.ts';
import type { Signer, Verifier } from './signer.ts';
import { PUBLIC_KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES } from './signer.ts';

/** RFC 8410: what stands before the raw 32 bytes in PKCS #8 and in SubjectPublicKeyInfo. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs HTTP requests and everything that the registry says: a hundred times faster than tweetnacl, same bytes. */
export function nodeSigner(seed: Uint8Array): Signer {
  if (seed.length !== SEED_BYTES) throw new Error('an Ed25519 seed has 32 bytes');
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(SPKI_PREFIX.length));
  return {
    kid: kidOf(publicKey),
    publicKey,
    sign: (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
}

/** Verifies everything, wherever Node runs. */
export function nodeVerifier(publicKey: Uint8Array): Verifier {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new Error('an Ed25519 public key has 32 bytes');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return {
    kid: kidOf(publicKey),
    verify: (bytes, signature) => signature.length === SIGNATURE_BYTES && verify(null, bytes, key, signature),
  };
}

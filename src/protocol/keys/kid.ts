import { sha256 } from '@noble/hashes/sha2.js';
import { encodeCbor } from '../cbor.ts';

export const KID_BYTES = 8;

/** COSE curves (RFC 9053 section 7.1). */
const X25519 = 4;
const ED25519 = 6;

/** COSE_Key of an octet key pair's public half: {1: kty OKP (1), -1: crv, -2: x}. */
function coseKey(curve: number, publicKey: Uint8Array): ReadonlyMap<number, number | Uint8Array> {
  return new Map<number, number | Uint8Array>([
    [1, 1],
    [-1, curve],
    [-2, publicKey],
  ]);
}

/** The public Ed25519 key as a COSE_Key, the form that `cnf` claims carry. */
export function ed25519CoseKey(publicKey: Uint8Array): ReadonlyMap<number, number | Uint8Array> {
  return coseKey(ED25519, publicKey);
}

/** SHA-256 COSE key thumbprint (RFC 9679) of an Ed25519 public key, 32 bytes. */
export function thumbprintOf(publicKey: Uint8Array): Uint8Array {
  return sha256(encodeCbor(coseKey(ED25519, publicKey)));
}

/** Key id of an Ed25519 public key: the first 8 bytes of its thumbprint. */
export function kidOf(publicKey: Uint8Array): Uint8Array {
  return thumbprintOf(publicKey).slice(0, KID_BYTES);
}

/** Key id of an X25519 public key, to which packets and password verifiers are sealed. */
export function sealingKidOf(publicKey: Uint8Array): Uint8Array {
  return sha256(encodeCbor(coseKey(X25519, publicKey))).slice(0, KID_BYTES);
}

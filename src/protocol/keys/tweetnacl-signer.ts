import nacl from 'tweetnacl';
import { kidOf } from './kid.ts';
import type { Signer, Verifier } from './signer.ts';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from './signer.ts';

/** Signs enrolments, envelopes, checkpoints and phone codes. `seed` is 32 bytes and is copied. */
export function tweetnaclSigner(seed: Uint8Array): Signer {
  const pair = nacl.sign.keyPair.fromSeed(seed);
  return {
    kid: kidOf(pair.publicKey),
    publicKey: pair.publicKey,
    sign: (bytes) => nacl.sign.detached(bytes, pair.secretKey),
  };
}

/** For places without node:crypto. */
export function tweetnaclVerifier(publicKey: Uint8Array): Verifier {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new Error('an Ed25519 public key has 32 bytes');
  return {
    kid: kidOf(publicKey),
    verify: (bytes, signature) =>
      signature.length === SIGNATURE_BYTES && nacl.sign.detached.verify(bytes, signature, publicKey),
  };
}

import { hkdfSync } from 'node:crypto';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';

/** One seed: two signers that make the same bytes, and a key for what lies on the disk. */
export interface StationKeys {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** tweetnacl: enrolments, envelopes, audit checkpoints; a few a session. */
  readonly statements: Signer;
  /** node:crypto: HTTP requests, where a hundred times the speed is nine tenths of the drain. */
  readonly requests: Signer;
  /** 32 bytes, HKDF-SHA-256 (RFC 5869) of the seed: encrypts what the disk must not tell without the key store. */
  readonly atRest: Uint8Array;
}

/** `seed` is 32 bytes; it is copied, and the caller wipes its own. */
export function stationKeys(seed: Uint8Array): StationKeys {
  const statements = tweetnaclSigner(seed);
  const atRest = new Uint8Array(hkdfSync('sha256', seed, new Uint8Array(0), 'eid-terminal/at-rest/v1', 32));
  return { publicKey: statements.publicKey, statements, requests: nodeSigner(seed), atRest };
}

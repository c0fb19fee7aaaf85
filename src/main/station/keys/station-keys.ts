import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';

/** One seed, two signers that make the same bytes. */
export interface StationKeys {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** tweetnacl: enrolments, envelopes, audit checkpoints; a few a session. */
  readonly statements: Signer;
  /** node:crypto: HTTP requests, where a hundred times the speed is nine tenths of the drain. */
  readonly requests: Signer;
}

/** `seed` is 32 bytes; it is copied, and the caller wipes its own. */
export function stationKeys(seed: Uint8Array): StationKeys {
  const statements = tweetnaclSigner(seed);
  return { publicKey: statements.publicKey, statements, requests: nodeSigner(seed) };
}

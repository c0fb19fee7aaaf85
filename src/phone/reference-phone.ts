import type { RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { makeAnswerCode, readChallengeCode } from '#protocol/holder-answer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import { lastFourOf, makePhoneCode } from '#protocol/phone-code.ts';

/** How long a shown pairing code stands before the phone draws a new one, milliseconds. */
export const CODE_STANDS = 30_000;

/** A citizen's phone in its simplest form: a key, the codes that it signs, and its e-ID. No part of the terminal. */
export interface ReferencePhone {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The phone's key, with which it asks the registry for its e-ID (`fetch-eid.ts`). */
  readonly signer: Signer;
  /** What the citizen compares with the terminal's screen. */
  readonly lastFour: string;
  /** A new `EIDP1:` code with the phone's present time and an id of its own; a station accepts each once. */
  code(): string;
  /** Keeps an e-ID (`EID1:` text) that names this phone's key. Whether the issuer signed it, checking places judge. */
  keep(eidCode: string): Promise<Result<KeptEid, 'not-ours' | 'malformed' | 'not-my-eid'>>;
  /** The e-ID that was kept last; null without one. */
  eid(): KeptEid | null;
  /**
   * Proves to a checking place that this is the phone of the e-ID: answers its challenge (`EIDN1:` text). Only a
   * well-formed challenge is signed, as a message that is good for nothing else.
   */
  answer(challengeCode: string): Result<string, 'not-ours' | 'malformed' | 'no-eid'>;
}

export interface KeptEid {
  readonly code: string;
  readonly claims: EidClaims;
}

/** `seed` is 32 bytes: the same seed is the same phone. `random` makes the codes' ids, `now` is the phone's clock. */
export function makeReferencePhone(options: {
  readonly seed: Uint8Array;
  readonly now: () => number;
  readonly random?: RandomBytes;
  /** What the holder calls the phone, at most 40 characters. */
  readonly name?: string;
}): ReferencePhone {
  const { seed, now, random = webRandom, name } = options;
  const signer = tweetnaclSigner(seed);
  let kept: KeptEid | null = null;
  return {
    publicKey: signer.publicKey,
    signer,
    lastFour: lastFourOf(signer.publicKey),
    code: () =>
      makePhoneCode({
        signer,
        phoneTime: now(),
        codeId: random(16),
        ...(name === undefined ? {} : { name }),
      }),
    keep: async (code) => {
      const octets = await decodeEidCode(code);
      if (!octets.ok) return octets;
      const opened = openEid({
        octets: octets.value,
        findVerifier: (kid) => ({ kid, verify: () => true }),
      });
      if (!opened.ok) return err('malformed');
      const { holderKey } = opened.value;
      if (holderKey === null || !sameBytes(holderKey, signer.publicKey)) return err('not-my-eid');
      kept = { code, claims: opened.value };
      return ok(kept);
    },
    eid: () => kept,
    answer: (challengeCode) => {
      const challenge = readChallengeCode(challengeCode);
      if (!challenge.ok) return challenge;
      if (kept === null) return err('no-eid');
      return ok(makeAnswerCode({ challenge: challenge.value, subject: kept.claims.subject, signer }));
    },
  };
}

/** Random bytes as browsers and Node both have them. */
export const webRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

import type { RandomBytes } from '#domain/clock.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import { lastFourOf, makePhoneCode } from '#protocol/phone-code.ts';

/** How long a shown pairing code stands before the phone draws a new one, milliseconds. */
export const CODE_STANDS = 30_000;

/** A citizen's phone in its simplest form: a key, and the pairing code that it signs. No part of the terminal. */
export interface ReferencePhone {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The phone's key, with which it asks the registry for its e-ID (`fetch-eid.ts`). Never signs what others bring. */
  readonly signer: Signer;
  /** What the citizen compares with the terminal's screen. */
  readonly lastFour: string;
  /** A new `EIDP1:` code with the phone's present time and an id of its own; a station accepts each once. */
  code(): string;
  /**
   * Proves to a desk that this is the phone of the e-ID: signs the desk's nonce with the key that `cnf` names. A nonce
   * has 16 to 32 bytes; anything longer could be a request to the registry, and is not signed (throws RangeError).
   */
  sign(nonce: Uint8Array): Uint8Array;
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
    sign: (nonce) => {
      if (nonce.length < 16 || nonce.length > 32) throw new RangeError("a desk's nonce has 16 to 32 bytes");
      return signer.sign(nonce);
    },
  };
}

/** Random bytes as browsers and Node both have them. */
export const webRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

import nacl from 'tweetnacl';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { decodeWith, encodeWith } from './codec/codec.ts';
import { field, record } from './codec/containers.ts';
import { bytes, text } from './codec/scalars.ts';
import { SUBJECT_PATTERN } from './eid-token.ts';
import type { Signer } from './keys/signer.ts';
import { tweetnaclVerifier } from './keys/tweetnacl-signer.ts';
import { signedMessage } from './signed-message.ts';
import { base45Decode, base45Encode } from './text/base45.ts';

/**
 * How the holder of an e-ID is told from whoever photographed it: the checking place shows a challenge, the holder's
 * phone signs it with the key that the e-ID names, and the place scans the answer. Runs in browsers, too.
 */
export interface HolderChallenge {
  /** Random, 16 bytes; good for one answer. */
  readonly nonce: Uint8Array;
  /** What the checking place calls itself. The phone shows it, and signs it: an answer cannot be passed on elsewhere. */
  readonly asker: string;
}

export interface HolderAnswer extends HolderChallenge {
  /** Of the e-ID that is shown. */
  readonly subject: string;
}

export const CHALLENGE_CODE_PREFIX = 'EIDN1:';
export const ANSWER_CODE_PREFIX = 'EIDA1:';
export const CHALLENGE_NONCE_BYTES = 16;
/** A challenge has at most about 400 characters, an answer about 800. */
const LONGEST_CODE = 1600;

const nonce = bytes(CHALLENGE_NONCE_BYTES);
const asker = text({ min: 1, max: 80 });

export const challengeCodec = record<HolderChallenge>('holder challenge', {
  nonce: field(1, nonce, 'random'),
  asker: field(2, asker, 'what the checking place calls itself'),
});

export const answerMessage = signedMessage<HolderAnswer>(
  'holder-answer',
  record('holder answer', {
    nonce: field(1, nonce, 'of the challenge'),
    asker: field(2, asker, 'of the challenge'),
    subject: field(
      3,
      text({ min: 16, max: 16, pattern: SUBJECT_PATTERN, shape: 'tstr 16, Crockford base32' }),
      '`sub` of the e-ID',
    ),
  }),
);

/** `EIDN1:` text for the place's screen. */
export function makeChallengeCode(challenge: HolderChallenge): string {
  return `${CHALLENGE_CODE_PREFIX}${base45Encode(encodeWith(challengeCodec, challenge, 'challenge'))}`;
}

/** What a phone's camera saw. `not-ours` is any other code. */
export function readChallengeCode(code: string): Result<HolderChallenge, 'not-ours' | 'malformed'> {
  if (!code.startsWith(CHALLENGE_CODE_PREFIX)) return err('not-ours');
  if (code.length > LONGEST_CODE) return err('malformed');
  const octets = base45Decode(code.slice(CHALLENGE_CODE_PREFIX.length));
  if (!octets) return err('malformed');
  const challenge = decodeWith(challengeCodec, octets, { name: 'challenge', maxBytes: 512, maxDepth: 2 });
  return challenge.ok ? challenge : err('malformed');
}

/** `EIDA1:` text for the phone's screen. `signer` holds the phone's key. */
export function makeAnswerCode(request: {
  readonly challenge: HolderChallenge;
  readonly subject: string;
  readonly signer: Signer;
}): string {
  const { challenge, subject, signer } = request;
  return `${ANSWER_CODE_PREFIX}${base45Encode(answerMessage.sign({ ...challenge, subject }, signer))}`;
}

export type AnswerFault =
  /** Any other code. */
  | 'not-ours'
  | 'malformed'
  /** Signed, or said to be, with a key that the e-ID does not name. */
  | 'other-phone'
  | 'bad-signature'
  /** To an earlier challenge, or to another place's. */
  | 'other-nonce'
  /** For another e-ID of the same phone. */
  | 'other-eid';

/**
 * Verifies that the phone of the e-ID answered this very challenge. That a challenge is answered once is the caller's
 * to see to.
 */
export function checkAnswerCode(request: {
  readonly code: string;
  readonly challenge: HolderChallenge;
  readonly subject: string;
  /** The e-ID's `cnf`. */
  readonly holderKey: Uint8Array;
}): Result<void, AnswerFault> {
  const { code, challenge, subject, holderKey } = request;
  if (!code.startsWith(ANSWER_CODE_PREFIX)) return err('not-ours');
  if (code.length > LONGEST_CODE) return err('malformed');
  const octets = base45Decode(code.slice(ANSWER_CODE_PREFIX.length));
  if (!octets) return err('malformed');
  const verifier = tweetnaclVerifier(holderKey);
  const opened = answerMessage.open(octets, (kid) => (nacl.verify(kid, verifier.kid) ? verifier : undefined));
  if (!opened.ok) {
    switch (opened.error.reason) {
      case 'unknown-key':
        return err('other-phone');
      case 'bad-signature':
        return err('bad-signature');
      default:
        return err('malformed');
    }
  }
  const answer = opened.value.value;
  // In constant time: nothing that the nonce is worth can be learnt from how long the comparison took.
  const sameNonce = nacl.verify(answer.nonce, challenge.nonce);
  if (!sameNonce || answer.asker !== challenge.asker) return err('other-nonce');
  return answer.subject === subject ? ok(undefined) : err('other-eid');
}

import type { RandomBytes } from '#domain/clock.ts';
import type { HolderProof } from '#domain/eid/eid-verdict.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  CHALLENGE_NONCE_BYTES,
  checkAnswerCode,
  type HolderChallenge,
  makeChallengeCode,
} from '#protocol/holder-answer.ts';

/** Finds out whether the phone that is shown is the phone of one e-ID. Lives as long as the e-ID is looked at. */
export interface HolderCheck {
  readonly proof: HolderProof;
  /** `EIDN1:` text; null when no phone can or has to answer. */
  challenge(): string | null;
  /** `not-ours` is a code that is no answer, or cannot be read: nothing has changed. */
  take(code: string): Result<void, 'not-ours'>;
  forget(): void;
}

export function holderCheck(options: {
  readonly subject: string;
  /** The e-ID's `cnf`; null when it is bound to no phone. */
  readonly holderKey: Uint8Array | null;
  /** False when an answer would change nothing, as for an e-ID that is not valid. */
  readonly ask: boolean;
  readonly asker: string;
  readonly randomBytes: RandomBytes;
}): HolderCheck {
  const { subject, holderKey, asker } = options;
  const fresh = (): HolderChallenge => ({ nonce: options.randomBytes(CHALLENGE_NONCE_BYTES), asker });
  let proof: HolderProof = holderKey === null ? 'no-phone' : 'not-shown';
  let challenge = holderKey !== null && options.ask ? fresh() : null;
  /** A scanner reads the same code many times a second: only another one is another answer. */
  let lastAnswer: string | null = null;

  return {
    get proof() {
      return proof;
    },
    challenge: () => (challenge === null ? null : makeChallengeCode(challenge)),
    take: (code) => {
      if (code === lastAnswer) return ok(undefined);
      if (holderKey === null || challenge === null) return err('not-ours');
      const checked = checkAnswerCode({ code, challenge, subject, holderKey });
      if (!checked.ok && (checked.error === 'not-ours' || checked.error === 'malformed')) {
        return err('not-ours');
      }
      lastAnswer = code;
      // One answer for each challenge, right or wrong; whoever answered wrongly may have held up another phone first.
      challenge.nonce.fill(0);
      challenge = checked.ok ? null : fresh();
      proof = checked.ok ? 'same-holder' : 'other-phone';
      return ok(undefined);
    },
    forget: () => {
      challenge?.nonce.fill(0);
      challenge = null;
      lastAnswer = null;
      proof = holderKey === null ? 'no-phone' : 'not-shown';
    },
  };
}

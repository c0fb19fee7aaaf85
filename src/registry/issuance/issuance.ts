import { createHmac } from 'node:crypto';
import type { RandomBytes } from '#domain/clock.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { maskName } from '#domain/identity/masking.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { type SignedDecision, signDecision } from '#protocol/decision.ts';
import { signEid } from '#protocol/eid-token.ts';
import { thumbprintOf } from '#protocol/keys/kid.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { openPasswordVerifier } from '#protocol/password-verifier.ts';
import { type SealingKeyPair, wipe } from '#protocol/sealing.ts';
import { base32Encode } from '#protocol/text/base32.ts';
import type { EidRow } from '../store/tables.ts';

/** Life of an e-ID. */
const EID_YEARS = 3;

/** A row of `eids` without what adjudication knows. */
type MintedEid = Omit<EidRow, 'packet_id' | 'lookup'>;

/** Holds the issuer key and the credential key; the only part that can make an e-ID. */
export interface Issuance {
  /** COSE_Sign1 of kind `decision`. */
  signDecision(decision: SignedDecision): Uint8Array;
  /** Makes the e-ID of an accepted enrolment. Fails when its password verifier is not sealed to the credential key. */
  mint(request: {
    readonly enrolment: Pick<Enrolment, 'grade' | 'phone' | 'passwordVerifier' | 'simulated'>;
    readonly card: ResidentCard;
    /** Milliseconds since 1970. */
    readonly issuedAt: number;
    readonly statusIndex: number;
  }): Result<MintedEid, 'password-verifier-unreadable'>;
}

export function createIssuance(ports: {
  readonly signer: Signer;
  readonly credentialKey: SealingKeyPair;
  /** HMAC key of password verifiers, kept apart from the database that they lie in. */
  readonly pepper: Uint8Array;
  readonly issuer: string;
  readonly randomBytes: RandomBytes;
}): Issuance {
  const { signer, credentialKey, pepper } = ports;
  return {
    signDecision: (decision) => signDecision({ decision, signer }),
    mint: ({ enrolment, card, issuedAt, statusIndex }) => {
      const verifier = openPasswordVerifier({ sealed: enrolment.passwordVerifier, keyPair: credentialKey });
      if (!verifier.ok) return err('password-verifier-unreadable');
      const { hash, salt } = verifier.value;
      const passwordHmac = createHmac('sha256', pepper).update(hash).digest();
      wipe(hash);
      const issued = wholeSeconds(issuedAt);
      const expires = yearsLater(issued, EID_YEARS);
      const subject = base32Encode(ports.randomBytes(10), 80);
      const holderKey = enrolment.phone?.publicKey ?? null;
      const token = signEid({
        signer,
        claims: {
          issuer: ports.issuer,
          subject,
          maskedName: maskName(card.name),
          grade: enrolment.grade,
          issuedAt: issued,
          expiresAt: expires,
          statusIndex,
          holderKey,
          simulated: enrolment.simulated,
        },
      });
      return ok({
        subject,
        grade: enrolment.grade,
        status_index: statusIndex,
        issued_at: issued,
        expires_at: expires,
        phone_thumbprint: holderKey === null ? null : thumbprintOf(holderKey),
        password_hmac: passwordHmac,
        password_salt: salt,
        wrong_tries: 0,
        token,
      });
    },
  };
}

/** NumericDate (RFC 8392 section 2) counts whole seconds. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

function yearsLater(from: number, years: number): number {
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getTime();
}

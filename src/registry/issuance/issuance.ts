import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '#domain/clock.ts';
import type { Enrolment, Grade } from '#domain/enrolment/enrolment.ts';
import { maskName } from '#domain/identity/masking.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { type SignedDecision, signDecision } from '#protocol/decision.ts';
import { signEid } from '#protocol/eid-token.ts';
import { thumbprintOf } from '#protocol/keys/kid.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { derivePasswordHash, openPasswordProof, openPasswordVerifier } from '#protocol/password-verifier.ts';
import { type SealingKeyPair, wipe } from '#protocol/sealing.ts';
import { type StatusList, signStatusList } from '#protocol/status-list.ts';
import { base32Encode } from '#protocol/text/base32.ts';
import type { EidRow } from '../store/tables.ts';

/** Life of an e-ID. */
const EID_YEARS = 3;

/** A row of `eids` without what adjudication knows. */
type MintedEid = Omit<EidRow, 'packet_id' | 'lookup'>;

/** What is kept of a password: a key of its scrypt hash, and the salt that it was made with. */
export type KeptPassword = Pick<EidRow, 'password_hmac' | 'password_salt'>;

/** Where a new e-ID has its password from. */
export type EidPassword =
  /** A verifier that is sealed to the credential key. */
  | { readonly kind: 'chosen'; readonly verifier: Uint8Array }
  /** That of the e-ID that it replaces. */
  | { readonly kind: 'kept'; readonly kept: KeptPassword };

/** Holds the issuer key and the credential key; the only part that can make an e-ID, or tell whether a password is right. */
export interface Issuance {
  /** COSE_Sign1 of kind `decision`. */
  signDecision(decision: SignedDecision): Uint8Array;
  /** COSE_Sign1 of kind `status-list`. */
  signStatusList(list: StatusList): Promise<Uint8Array>;
  /** Whether a sealed proof holds the password of an e-ID. Takes as long for a wrong one as for the right one. */
  provePassword(request: {
    readonly proof: Uint8Array;
    readonly kept: KeptPassword;
  }): Promise<'right' | 'wrong' | 'unreadable'>;
  /** Makes the e-ID of an accepted enrolment. Fails when its password verifier is not sealed to the credential key. */
  mint(request: {
    readonly enrolment: Pick<Enrolment, 'phone' | 'simulated'>;
    readonly grade: Grade;
    /** The holder's name in full; the e-ID bears it masked. */
    readonly name: string;
    readonly password: EidPassword;
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
  const peppered = (hash: Uint8Array) => createHmac('sha256', pepper).update(hash).digest();

  function keep(password: EidPassword): Result<KeptPassword, 'password-verifier-unreadable'> {
    switch (password.kind) {
      case 'kept': {
        const { password_hmac, password_salt } = password.kept;
        return ok({ password_hmac, password_salt });
      }
      case 'chosen': {
        const verifier = openPasswordVerifier({ sealed: password.verifier, keyPair: credentialKey });
        if (!verifier.ok) return err('password-verifier-unreadable');
        const { hash, salt } = verifier.value;
        const kept = { password_hmac: peppered(hash), password_salt: salt };
        wipe(hash);
        return ok(kept);
      }
      default:
        return assertNever(password);
    }
  }

  return {
    signDecision: (decision) => signDecision({ decision, signer }),
    signStatusList: (list) => signStatusList({ list, signer }),
    provePassword: async ({ proof, kept }) => {
      const opened = openPasswordProof({ sealed: proof, keyPair: credentialKey });
      if (!opened.ok) return 'unreadable';
      const password = opened.value;
      try {
        const hash = await derivePasswordHash({ password, salt: new Uint8Array(kept.password_salt) });
        const same = timingSafeEqual(peppered(hash), kept.password_hmac);
        wipe(hash);
        return same ? 'right' : 'wrong';
      } finally {
        wipe(password);
      }
    },
    mint: ({ enrolment, grade, name, password, issuedAt, statusIndex }) => {
      const kept = keep(password);
      if (!kept.ok) return kept;
      const issued = wholeSeconds(issuedAt);
      const expires = yearsLater(issued, EID_YEARS);
      const subject = base32Encode(ports.randomBytes(10), 80);
      const holderKey = enrolment.phone?.publicKey ?? null;
      const token = signEid({
        signer,
        claims: {
          issuer: ports.issuer,
          subject,
          maskedName: maskName(name),
          grade,
          issuedAt: issued,
          expiresAt: expires,
          statusIndex,
          holderKey,
          simulated: enrolment.simulated,
        },
      });
      return ok({
        ...kept.value,
        subject,
        grade,
        status_index: statusIndex,
        issued_at: issued,
        expires_at: expires,
        phone_thumbprint: holderKey === null ? null : thumbprintOf(holderKey),
        wrong_tries: 0,
        token,
        revoked_at: null,
        revoked_by: null,
        revocation: null,
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

import type { SealedPassword } from '#domain/enrolment/enrolment.ts';
import { isReadOffCard, judgePassword, judgeProof } from '#domain/enrolment/password-rules.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { PasswordProblem } from '#domain/session/snapshot.ts';
import { makePasswordVerifier, SALT_BYTES, sealPasswordProof } from '#protocol/password-verifier.ts';
import { knownNumber } from './holder-of.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionParts } from './session-ports.ts';
import { type SessionRecord, zero } from './session-record.ts';

export interface PasswordEntries {
  readonly password: string;
  /** Null for the password of an e-ID that exists, which is typed once. */
  readonly repeat: string | null;
}

/**
 * Judges a password and seals it at once: of a new one the verifier, of one that exists what was typed. A new one's
 * digits are kept, as octets, until the holder is known to compare them with: neither verifier nor station could tell
 * afterwards whether they are a birth date.
 */
export function passwordStep(options: {
  readonly parts: Pick<SessionParts, 'desk' | 'randomBytes'>;
  readonly live: LiveSession;
  /** Which password is asked for now. */
  readonly asked: () => 'choose' | 'prove' | null;
  readonly tell: (event: StationEvent) => void;
}): (entries: PasswordEntries) => Promise<boolean> {
  const { parts, live, asked, tell } = options;
  let computing = false;

  async function sealed(purpose: 'choose' | 'prove', password: Uint8Array): Promise<SealedPassword> {
    const credentialPublicKey = parts.desk.credentialKey();
    if (credentialPublicKey === null)
      throw new Error('a password was asked for before the station was provisioned');
    if (purpose === 'prove') {
      return { kind: 'proof', sealed: sealPasswordProof({ password, credentialPublicKey }) };
    }
    const salt = parts.randomBytes(SALT_BYTES);
    return { kind: 'chosen', verifier: await makePasswordVerifier({ password, salt, credentialPublicKey }) };
  }

  async function keep(request: {
    readonly record: SessionRecord;
    readonly purpose: 'choose' | 'prove';
    readonly password: string;
  }): Promise<boolean> {
    const { record, purpose } = request;
    const digits = new TextEncoder().encode(request.password);
    try {
      const password = await sealed(purpose, digits);
      // The citizen may have left the step meanwhile: then nothing is kept.
      if (!record.live || asked() !== purpose) {
        zero(password.kind === 'chosen' ? password.verifier : password.sealed);
        return false;
      }
      record.password = password;
      // A card stays as it was read; a number may be typed anew until the name is given.
      if (purpose === 'choose' && record.card === null) record.passwordDigits = Uint8Array.from(digits);
    } finally {
      zero(digits);
    }
    tell({ type: 'password.accepted' });
    return true;
  }

  return async (entries) => {
    const { record } = live;
    const purpose = asked();
    if (record === null || computing || purpose === null) return false;
    const fault = purpose === 'prove' ? judgeProof(entries.password) : judgeNew(record, entries);
    if (fault !== null) {
      tell({ type: 'password.refused', problem: fault });
      return true;
    }
    computing = true;
    try {
      return await keep({ record, purpose, password: entries.password });
    } finally {
      computing = false;
    }
  };
}

/** When card or number are there already, a new password is compared with them before anything else is done with it. */
function judgeNew(record: SessionRecord, { password, repeat }: PasswordEntries): PasswordProblem | null {
  const fault = judgePassword({ password, repeat: repeat ?? '' });
  if (fault !== null) return fault;
  const known = knownNumber(record);
  return known !== null && isReadOffCard({ password, birth: known.birth, number: known.number })
    ? 'too-simple'
    : null;
}

import { isReadOffCard, judgePassword } from '#domain/enrolment/password-rules.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import { makePasswordVerifier, SALT_BYTES } from '#protocol/password-verifier.ts';
import type { LiveSession } from './live-session.ts';
import { cardOf } from './record-view.ts';
import type { SessionParts } from './session-ports.ts';
import { type SessionRecord, zero } from './session-record.ts';

export interface PasswordEntries {
  readonly password: string;
  readonly repeat: string;
}

/**
 * Judges a new password and makes its sealed verifier at once. The digits are kept, as octets, until the card is there
 * to compare them with: neither verifier nor station could tell afterwards whether they are a birth date.
 */
export function passwordStep(options: {
  readonly parts: Pick<SessionParts, 'desk' | 'randomBytes'>;
  readonly live: LiveSession;
  /** Whether a password is asked for now. */
  readonly asked: () => boolean;
  readonly tell: (event: StationEvent) => void;
}): (entries: PasswordEntries) => Promise<boolean> {
  const { parts, live, asked, tell } = options;
  let computing = false;

  async function keepVerifier(record: SessionRecord, password: string): Promise<boolean> {
    const credentialPublicKey = parts.desk.credentialKey();
    if (credentialPublicKey === null)
      throw new Error('a password was chosen before the station was provisioned');
    const digits = new TextEncoder().encode(password);
    try {
      const salt = parts.randomBytes(SALT_BYTES);
      const verifier = await makePasswordVerifier({ password: digits, salt, credentialPublicKey });
      // The citizen may have left the step meanwhile: then nothing is kept.
      if (!record.live || !asked()) {
        zero(verifier);
        return false;
      }
      record.passwordVerifier = verifier;
      if (record.card === null) record.passwordDigits = Uint8Array.from(digits);
    } finally {
      zero(digits);
    }
    tell({ type: 'password.accepted' });
    return true;
  }

  return async (entries) => {
    const { record } = live;
    if (record === null || computing || !asked()) return false;
    const fault = judgePassword(entries) ?? (isKnownFromCard(record, entries.password) ? 'too-simple' : null);
    if (fault !== null) {
      tell({ type: 'password.refused', problem: fault });
      return true;
    }
    computing = true;
    try {
      return await keepVerifier(record, entries.password);
    } finally {
      computing = false;
    }
  };
}

/** When the card was read already, a new password is compared with it before anything else is done with it. */
function isKnownFromCard(record: SessionRecord, password: string): boolean {
  if (record.card === null) return false;
  const { birth, number } = cardOf(record);
  return isReadOffCard({ password, birth, number });
}

import type { Issuance } from '../issuance/issuance.ts';
import { type HeldEid, MOST_WRONG_TRIES } from './held-eid.ts';
import type { PasswordStanding } from './weigh-enrolment.ts';

/** How a packet's password compared with that of one e-ID. Deriving takes long: it is done before the transaction. */
export interface ProvedPassword {
  /** The e-ID that it was compared with. */
  readonly subject: string;
  readonly result: 'right' | 'wrong' | 'unreadable' | 'blocked';
}

export async function provePassword(request: {
  readonly issuance: Issuance;
  readonly proof: Uint8Array;
  readonly held: HeldEid;
}): Promise<ProvedPassword> {
  const { held, proof } = request;
  const { subject, password: kept } = held;
  if (held.wrongTries >= MOST_WRONG_TRIES) return { subject, result: 'blocked' };
  return { subject, result: await request.issuance.provePassword({ proof, kept }) };
}

/**
 * What a proof is worth now. `outdated` when it was compared with another e-ID than the person has by now: it has to be
 * compared again.
 */
export function passwordStanding(request: {
  readonly isProof: boolean;
  readonly held: HeldEid | null;
  readonly proved: ProvedPassword | null;
}): PasswordStanding | 'outdated' {
  const { isProof, held, proved } = request;
  if (!isProof || held === null) return 'no-proof';
  if (proved?.subject !== held.subject) return 'outdated';
  if (held.wrongTries >= MOST_WRONG_TRIES) return 'blocked';
  if (proved.result !== 'wrong') return proved.result;
  return held.wrongTries + 1 >= MOST_WRONG_TRIES ? 'wrong-at-last' : 'wrong';
}

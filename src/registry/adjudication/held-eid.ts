import type { Grade } from '#domain/enrolment/enrolment.ts';
import type { KeptPassword } from '../issuance/issuance.ts';
import type { Queries } from '../store/store.ts';
import type { EidRow } from '../store/tables.ts';

/** Wrong tries after which the password of an e-ID is not looked at any more: a desk decides. */
export const MOST_WRONG_TRIES = 5;

/** The e-ID that a person has. */
export interface HeldEid {
  readonly subject: string;
  readonly grade: Grade;
  readonly wrongTries: number;
  readonly password: KeptPassword;
}

/** The e-ID in force of a person; null without one. Adjudication lets nobody have two. */
export async function heldEid(
  queries: Queries,
  asked: {
    readonly lookup: Uint8Array;
    /** Milliseconds since 1970; what has expired by then is not in force. */
    readonly at: number;
    /** Only one that was issued by then; null for any. */
    readonly issuedBy: number | null;
  },
): Promise<HeldEid | null> {
  const row = await queries
    .selectFrom('eids')
    .select(['subject', 'grade', 'wrong_tries', 'password_hmac', 'password_salt'])
    .where('lookup', '=', asked.lookup)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', asked.at)
    .where('issued_at', '<=', asked.issuedBy ?? Number.MAX_SAFE_INTEGER)
    .orderBy('issued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { subject, grade, wrong_tries, ...password } = row;
  return { subject, grade, wrongTries: wrong_tries, password };
}

/** True when a packet asks for a first e-ID of this person and waits for somebody to look at it. */
export async function hasOpenCase(queries: Queries, lookup: Uint8Array): Promise<boolean> {
  const row = await queries
    .selectFrom('persons')
    .innerJoin('decisions', 'decisions.packet_id', 'persons.packet_id')
    .select('decisions.position')
    .where('persons.lookup', '=', lookup)
    .where('decisions.outcome', '=', 'referred')
    // A duplicate points at an e-ID or at a case that counts by itself, as long as it lasts.
    .where('decisions.reason', '!=', 'referred-duplicate')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('decisions as later')
            .select('later.position')
            .whereRef('later.packet_id', '=', 'decisions.packet_id')
            .whereRef('later.position', '>', 'decisions.position'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countWrongTry(queries: Queries, { subject }: HeldEid): Promise<void> {
  await queries
    .updateTable('eids')
    .set((row) => ({ wrong_tries: row('wrong_tries', '+', 1) }))
    .where('subject', '=', subject)
    .execute();
}

/** Ends an e-ID. The next status list of its block says so. */
export async function revokeEid(
  queries: Queries,
  revoked: {
    readonly eid: HeldEid;
    readonly packetId: string;
    readonly at: number;
    readonly revocation: NonNullable<EidRow['revocation']>;
  },
): Promise<void> {
  await queries
    .updateTable('eids')
    .set({ revoked_at: revoked.at, revoked_by: revoked.packetId, revocation: revoked.revocation })
    .where('subject', '=', revoked.eid.subject)
    .where('revoked_at', 'is', null)
    .execute();
}

import type { PhoneEidAnswer } from '#contract/registry-api.ts';
import { assertNever } from '#domain/result.ts';
import { encodeEidCode } from '#protocol/eid-token.ts';
import { thumbprintOf } from '#protocol/keys/kid.ts';
import type { Store } from '../store/store.ts';

/** Tells phones what became of the enrolments that named their keys, long after the citizen has left the hall. */
export interface PhoneDesk {
  /** `publicKey` is 32 bytes, and whoever asks has shown that it is theirs. */
  eidFor(publicKey: Uint8Array): Promise<PhoneEidAnswer>;
}

export function phoneDesk({ queries }: Pick<Store, 'queries'>): PhoneDesk {
  return {
    eidFor: async (publicKey) => {
      const thumbprint = thumbprintOf(publicKey);
      // An e-ID stays the answer when a later enrolment with the same phone was referred as a second one. Of two that
      // fell within a second, an upgrade and what it replaced, the one in force counts.
      const eid = await queries
        .selectFrom('eids')
        .select(['token', 'revoked_at'])
        .where('phone_thumbprint', '=', thumbprint)
        .orderBy('issued_at', 'desc')
        .orderBy('revoked_at', (order) => order.asc().nullsFirst())
        .limit(1)
        .executeTakeFirst();
      if (eid !== undefined && eid.revoked_at === null) {
        return { status: 'issued', eid: await encodeEidCode(new Uint8Array(eid.token)) };
      }
      const decision = await queries
        .selectFrom('decisions')
        .select(['outcome', 'reason'])
        .where('phone_thumbprint', '=', thumbprint)
        .where('decided_at', '>=', eid?.revoked_at ?? 0)
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      // A key that nobody enrolled is answered as one whose packet is still on its way.
      const without: PhoneEidAnswer = { status: eid === undefined ? 'not-yet' : 'revoked' };
      if (decision === undefined) return without;
      const { outcome, reason } = decision;
      switch (outcome) {
        case 'referred':
        case 'rejected':
          return { status: outcome, reason };
        case 'issued':
        case 'revoked':
          return without;
        default:
          return assertNever(outcome);
      }
    },
  };
}

import { type DecisionsAnswer, type PacketDecisionAnswer, REGISTRY_LIMITS } from '#contract/registry-api.ts';
import { encodeEidCode } from '#protocol/eid-token.ts';
import { chainStanding } from '../intake/chain-book.ts';
import type { Installation } from '../provisioning/station-directory.ts';
import type { Queries, Store } from '../store/store.ts';
import type { DecisionBoard } from './decision-board.ts';

const NO_DECISION: PacketDecisionAnswer = { decision: null, eid: null };

/** Gives stations the decisions on what they delivered. */
export interface DecisionDesk {
  /** Waits for the decision at most `waitMs`. Null when this station delivered no such packet. */
  decisionFor(request: {
    readonly caller: Installation;
    readonly packetId: string;
    readonly waitMs: number;
  }): Promise<PacketDecisionAnswer | null>;
  /**
   * Of every installation of the caller's station, so that a station that was installed anew learns what became of the
   * packets that it left before. `after` is a cursor that an earlier answer gave, or `0`.
   */
  decisionsAfter(request: {
    readonly caller: Installation;
    readonly after: string;
  }): Promise<DecisionsAnswer>;
}

export function decisionDesk(ports: { readonly store: Store; readonly board: DecisionBoard }): DecisionDesk {
  const { queries } = ports.store;
  return {
    decisionFor: async ({ caller, packetId, waitMs }) => {
      const packet = await queries
        .selectFrom('packets')
        .select('station_id')
        .where('packet_id', '=', packetId)
        .executeTakeFirst();
      if (packet?.station_id !== caller.stationId) return null;
      const present = await latestDecision(queries, packetId);
      if (present !== null || waitMs === 0) return present ?? NO_DECISION;
      const announced = ports.board.wait(packetId, waitMs);
      // Looked at again, so that a decision between the look and the wait is not slept through.
      const meanwhile = await latestDecision(queries, packetId);
      if (meanwhile !== null) return meanwhile;
      await announced;
      return (await latestDecision(queries, packetId)) ?? NO_DECISION;
    },

    decisionsAfter: async ({ caller, after }) => {
      const rows = await queries
        .selectFrom('decisions')
        .select(['position', 'statement'])
        .where('station_id', '=', caller.stationId)
        .where('position', '>', Number(after))
        .orderBy('position')
        .limit(REGISTRY_LIMITS.decisionsPerAnswer + 1)
        .execute();
      const page = rows.slice(0, REGISTRY_LIMITS.decisionsPerAnswer);
      const standing = await chainStanding(queries, caller);
      return {
        decisions: page.map((row) => new Uint8Array(row.statement)),
        next: String(page.at(-1)?.position ?? after),
        more: rows.length > page.length,
        chain: { ...standing, gaps: standing.gaps.map(({ first, last }): [number, number] => [first, last]) },
      };
    },
  };
}

async function latestDecision(queries: Queries, packetId: string): Promise<PacketDecisionAnswer | null> {
  const decision = await queries
    .selectFrom('decisions')
    .select(['outcome', 'statement'])
    .where('packet_id', '=', packetId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (decision === undefined) return null;
  const statement = new Uint8Array(decision.statement);
  return {
    decision: statement,
    eid: decision.outcome === 'issued' ? await eidCode(queries, packetId) : null,
  };
}

/** Null without a phone: such an e-ID is collected at a desk, which binds it to a key first. */
async function eidCode(queries: Queries, packetId: string): Promise<string | null> {
  const eid = await queries
    .selectFrom('eids')
    .select(['token', 'phone_thumbprint'])
    .where('packet_id', '=', packetId)
    .executeTakeFirst();
  return eid === undefined || eid.phone_thumbprint === null ? null : encodeEidCode(new Uint8Array(eid.token));
}

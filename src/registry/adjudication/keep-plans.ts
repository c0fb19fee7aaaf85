import { ABANDONED_PLANS, abandonsTooOften } from '#domain/policy/abandoned-plans.ts';
import type { Queries } from '../store/store.ts';

/** A plan that a packet tells of, by its commitment. */
export interface ToldPlan {
  readonly commitment: Uint8Array;
  readonly ended: 'used' | 'abandoned';
}

/** What is wrong with the plans of a packet, of which its own verdict says nothing. */
export type PlanFault =
  /** Another packet told of the same plan, or this one told of it twice: it was known before it was drawn. */
  | 'plan-reused'
  /** The station gives up so many plans that it may be looking for one that suits. */
  | 'plans-abandoned';

/**
 * Keeps the plans that a packet tells of and looks at them beside those that its station told of before. Concluding on
 * the same packet again keeps nothing twice.
 */
export async function keepPlans(
  queries: Queries,
  packet: {
    readonly packetId: string;
    readonly stationId: string;
    readonly plans: readonly ToldPlan[];
  },
): Promise<readonly PlanFault[]> {
  const { packetId, stationId, plans } = packet;
  const distinct = new Set(plans.map(({ commitment }) => Buffer.from(commitment).toString('hex')));
  let reused = distinct.size < plans.length;
  for (const { commitment, ended } of plans) {
    await queries
      .insertInto('commitments')
      .values({ commitment, station_id: stationId, packet_id: packetId, ended })
      .onConflict((conflict) => conflict.column('commitment').doNothing())
      .execute();
    const kept = await queries
      .selectFrom('commitments')
      .select(['packet_id', 'ended'])
      .where('commitment', '=', commitment)
      .executeTakeFirstOrThrow();
    if (kept.packet_id !== packetId || kept.ended !== ended) reused = true;
  }
  const last = await queries
    .selectFrom('commitments')
    .select('ended')
    .where('station_id', '=', stationId)
    .orderBy('position', 'desc')
    .limit(ABANDONED_PLANS.lookedAt)
    .execute();
  const abandoned = last.filter(({ ended }) => ended === 'abandoned').length;
  return [
    ...(reused ? (['plan-reused'] as const) : []),
    ...(abandonsTooOften({ seen: last.length, abandoned }) ? (['plans-abandoned'] as const) : []),
  ];
}

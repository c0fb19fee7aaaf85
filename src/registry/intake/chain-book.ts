import { sameBytes } from '#protocol/cbor.ts';
import type { Queries } from '../store/store.ts';
import { addSequence, gapsOf, type Run } from './chain-runs.ts';

/** One life of a station's chain. */
export interface ChainId {
  readonly stationId: string;
  readonly installation: number;
}

/** What the registry says of a chain in every acknowledgement. */
interface ChainStanding {
  /** Highest sequence held; 0 when nothing is. */
  readonly head: number;
  /** SHA-256 of the envelope held there (the first that came, in a fork); of the certificate when head is 0. */
  readonly headSha256: Uint8Array;
  /** Lowest first, at most {@link LARGEST_GAP_LIST}. */
  readonly gaps: readonly Run[];
}

const LARGEST_GAP_LIST = 64;

/**
 * Books a packet that was just inserted: joins its sequence to the runs that are held, and flags forks and links that
 * contradict what is held. Flags depend on what is held, never on the order in which it came.
 */
export async function bookArrival(queries: Queries, chain: ChainId, sequence: number): Promise<void> {
  await bookRun(queries, chain, sequence);
  await flagForks(queries, chain, sequence);
  await flagLinks(queries, chain, sequence);
  await flagLinks(queries, chain, sequence + 1);
}

export async function chainStanding(queries: Queries, chain: ChainId): Promise<ChainStanding> {
  const runs = await queries
    .selectFrom('chain_runs')
    .select(['first', 'last'])
    .where('station_id', '=', chain.stationId)
    .where('installation', '=', chain.installation)
    .orderBy('first')
    .limit(LARGEST_GAP_LIST + 1)
    .execute();
  const top = await queries
    .selectFrom('packets')
    .select(['sequence', 'envelope_sha256'])
    .where('station_id', '=', chain.stationId)
    .where('installation', '=', chain.installation)
    .orderBy('sequence', 'desc')
    .orderBy('arrival')
    .limit(1)
    .executeTakeFirst();
  if (top !== undefined) {
    const gaps = gapsOf(runs).slice(0, LARGEST_GAP_LIST);
    return { head: top.sequence, headSha256: new Uint8Array(top.envelope_sha256), gaps };
  }
  return { head: 0, headSha256: await certificateSha256(queries, chain), gaps: [] };
}

async function bookRun(queries: Queries, chain: ChainId, sequence: number): Promise<void> {
  const ofChain = queries
    .selectFrom('chain_runs')
    .select(['first', 'last'])
    .where('station_id', '=', chain.stationId)
    .where('installation', '=', chain.installation);
  const below = await ofChain
    .where('first', '<=', sequence)
    .orderBy('first', 'desc')
    .limit(1)
    .executeTakeFirst();
  const above = await ofChain.where('first', '=', sequence + 1).executeTakeFirst();
  const change = addSequence(sequence, { below: below ?? null, above: above ?? null });
  if (change === null) return;
  for (const run of change.removed) {
    await queries
      .deleteFrom('chain_runs')
      .where('station_id', '=', chain.stationId)
      .where('installation', '=', chain.installation)
      .where('first', '=', run.first)
      .execute();
  }
  await queries
    .insertInto('chain_runs')
    .values({ station_id: chain.stationId, installation: chain.installation, ...change.added })
    .execute();
}

async function flagForks(queries: Queries, chain: ChainId, sequence: number): Promise<void> {
  const held = await heldAt(queries, chain, sequence);
  if (held.length < 2) return;
  await queries
    .updateTable('packets')
    .set({ forked: 1 })
    .where(
      'packet_id',
      'in',
      held.map((packet) => packet.packet_id),
    )
    .execute();
}

/** A link is broken when something is held one place before and none of it is what `previous` names. */
async function flagLinks(queries: Queries, chain: ChainId, sequence: number): Promise<void> {
  const followers = await heldAt(queries, chain, sequence);
  if (followers.length === 0) return;
  const before =
    sequence === 1
      ? [await certificateSha256(queries, chain)]
      : (await heldAt(queries, chain, sequence - 1)).map((packet) => packet.envelope_sha256);
  for (const follower of followers) {
    const linked = before.some((hash) => sameBytes(hash, follower.previous));
    const broken = before.length > 0 && !linked ? 1 : 0;
    if (broken === follower.broken_link) continue;
    await queries
      .updateTable('packets')
      .set({ broken_link: broken })
      .where('packet_id', '=', follower.packet_id)
      .execute();
  }
}

function heldAt(queries: Queries, chain: ChainId, sequence: number) {
  return queries
    .selectFrom('packets')
    .select(['packet_id', 'previous', 'envelope_sha256', 'broken_link'])
    .where('station_id', '=', chain.stationId)
    .where('installation', '=', chain.installation)
    .where('sequence', '=', sequence)
    .execute();
}

async function certificateSha256(queries: Queries, chain: ChainId): Promise<Uint8Array> {
  const { certificate_sha256 } = await queries
    .selectFrom('installations')
    .select('certificate_sha256')
    .where('station_id', '=', chain.stationId)
    .where('installation', '=', chain.installation)
    .executeTakeFirstOrThrow();
  return new Uint8Array(certificate_sha256);
}

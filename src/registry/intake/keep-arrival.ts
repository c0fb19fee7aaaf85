import type { Acknowledgement } from '#protocol/acknowledgement.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { type Envelope, hashOf } from '#protocol/envelope.ts';
import type { Queries } from '../store/store.ts';
import { bookArrival, chainStanding } from './chain-book.ts';

/** A packet whose envelope and body were verified, on its way to the disk. */
export interface Arrival {
  /** Octets as received. */
  readonly envelope: Uint8Array;
  readonly opened: Envelope;
  readonly sealed: Uint8Array;
  readonly receivedAt: number;
}

export type Kept =
  | { readonly kind: 'stored' | 'held-already'; readonly acknowledgement: Acknowledgement }
  /** The id is taken by a packet with another envelope. */
  | { readonly kind: 'conflict' };

/** Stores one arrival within the caller's transaction and says what is to be acknowledged after its commit. */
export async function keepArrival(queries: Queries, arrival: Arrival): Promise<Kept> {
  const { opened } = arrival;
  const envelopeSha256 = hashOf(arrival.envelope);
  const held = await queries
    .selectFrom('packets')
    .select('envelope_sha256')
    .where('packet_id', '=', opened.packetId)
    .executeTakeFirst();
  if (held !== undefined && !sameBytes(held.envelope_sha256, envelopeSha256)) return { kind: 'conflict' };
  if (held === undefined) await store(queries, arrival, envelopeSha256);
  return {
    kind: held === undefined ? 'stored' : 'held-already',
    acknowledgement: await acknowledgementOf(queries, opened.packetId),
  };
}

async function store(queries: Queries, arrival: Arrival, envelopeSha256: Uint8Array): Promise<void> {
  const { opened } = arrival;
  await queries
    .insertInto('packets')
    .values({
      packet_id: opened.packetId,
      station_id: opened.stationId,
      installation: opened.installation,
      sequence: opened.sequence,
      previous: opened.previous,
      envelope: arrival.envelope,
      envelope_sha256: envelopeSha256,
      sealed_sha256: opened.sealedSha256,
      sealed_size: opened.sealedSize,
      simulated: opened.simulated ? 1 : 0,
      created_at: opened.createdAt,
      received_at: arrival.receivedAt,
      forked: 0,
      broken_link: 0,
      adjudication: 'waiting',
    })
    .execute();
  await queries.insertInto('bodies').values({ packet_id: opened.packetId, sealed: arrival.sealed }).execute();
  await bookArrival(queries, opened, opened.sequence);
}

async function acknowledgementOf(queries: Queries, packetId: string): Promise<Acknowledgement> {
  const packet = await queries
    .selectFrom('packets')
    .select([
      'station_id',
      'installation',
      'sequence',
      'envelope_sha256',
      'sealed_sha256',
      'received_at',
      'forked',
      'broken_link',
    ])
    .where('packet_id', '=', packetId)
    .executeTakeFirstOrThrow();
  const chain = { stationId: packet.station_id, installation: packet.installation };
  const standing = await chainStanding(queries, chain);
  return {
    packetId,
    ...chain,
    envelopeSha256: new Uint8Array(packet.envelope_sha256),
    sealedSha256: new Uint8Array(packet.sealed_sha256),
    sequence: packet.sequence,
    receivedAt: packet.received_at,
    chainHead: { sequence: standing.head, envelopeSha256: standing.headSha256 },
    gaps: standing.gaps.map(({ first, last }) => [first, last] as const),
    flags: [...(packet.forked === 1 ? ['fork'] : []), ...(packet.broken_link === 1 ? ['broken-link'] : [])],
  };
}

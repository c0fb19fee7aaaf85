import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

/** Written into the statements, because SQLite uses a partial index only for a constant, never for a parameter. */
const WAITING = sql.lit('waiting' as const);
const FAILED = sql.lit('failed' as const);

/** A stored packet that nobody has decided on. */
export interface WaitingPacket {
  readonly packetId: string;
  readonly stationId: string;
  readonly installation: number;
  readonly envelope: Uint8Array;
  readonly envelopeSha256: Uint8Array;
  readonly sealed: Uint8Array;
  /** When it was stored, milliseconds since 1970. */
  readonly receivedAt: number;
  /** The installation's Ed25519 key. */
  readonly publicKey: Uint8Array;
}

/** Packets that were set aside by an earlier run get another chance, by a program that may know better. */
export async function retrySetAside(store: Store): Promise<void> {
  await store.queries
    .updateTable('packets')
    .set({ adjudication: 'waiting' })
    .where('adjudication', '=', FAILED)
    .execute();
}

/** The packet that arrived first of those that wait, with what it takes to open it; null when none waits. */
export async function nextWaiting(store: Store): Promise<WaitingPacket | null> {
  const row = await store.queries
    .selectFrom('packets')
    .innerJoin('bodies', 'bodies.packet_id', 'packets.packet_id')
    .innerJoin('installations', (join) =>
      join
        .onRef('installations.station_id', '=', 'packets.station_id')
        .onRef('installations.installation', '=', 'packets.installation'),
    )
    .select([
      'packets.packet_id',
      'packets.station_id',
      'packets.installation',
      'packets.envelope',
      'packets.envelope_sha256',
      'packets.received_at',
      'bodies.sealed',
      'installations.public_key',
    ])
    .where('packets.adjudication', '=', WAITING)
    .orderBy('packets.arrival')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    packetId: row.packet_id,
    stationId: row.station_id,
    installation: row.installation,
    envelope: new Uint8Array(row.envelope),
    envelopeSha256: new Uint8Array(row.envelope_sha256),
    sealed: new Uint8Array(row.sealed),
    receivedAt: row.received_at,
    publicKey: new Uint8Array(row.public_key),
  };
}

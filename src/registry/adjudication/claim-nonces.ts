import type { Queries } from '../store/store.ts';

/**
 * Marks the registry nonces in a packet's evidence as used by it. A nonce proves that a plan was drawn after it was
 * given out, once; one that another packet used, or that this installation never got, proves nothing.
 *
 * @returns false when any of them is not good for this packet
 */
export async function claimNonces(
  queries: Queries,
  packet: {
    readonly packetId: string;
    readonly stationId: string;
    readonly installation: number;
    readonly nonces: readonly Uint8Array[];
  },
): Promise<boolean> {
  let genuine = true;
  for (const nonce of packet.nonces) {
    const claimed = await queries
      .updateTable('nonces')
      .set({ used_by: packet.packetId })
      .where('nonce', '=', nonce)
      .where('station_id', '=', packet.stationId)
      .where('installation', '=', packet.installation)
      .where((either) => either.or([either('used_by', 'is', null), either('used_by', '=', packet.packetId)]))
      .executeTakeFirst();
    if (claimed.numUpdatedRows !== 1n) genuine = false;
  }
  return genuine;
}

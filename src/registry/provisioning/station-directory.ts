import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Verifier } from '#protocol/keys/signer.ts';
import type { Store } from '../store/store.ts';
import type { InstallationRow } from '../store/tables.ts';

/** One life of a station's key and chain, as the registry certified it. */
export interface Installation {
  readonly stationId: string;
  readonly installation: number;
  /** 8 bytes. */
  readonly kid: Uint8Array;
  readonly verifier: Verifier;
  readonly revokedAt: number | null;
}

export interface StationDirectory {
  /** By the key that signs its requests and envelopes; null when the registry certified no such key. */
  find(kid: Uint8Array): Promise<Installation | null>;
}

/** Prepared keys that are kept ready; a hall's stations come back every few seconds. */
const MOST_KEPT = 20_000;

/** Reads installations through a cache of prepared keys. Standing is read anew each time: it can be revoked. */
export function stationDirectory(store: Store): StationDirectory {
  const verifiers = new Map<string, Verifier>();

  function verifierOf(row: InstallationRow): Verifier {
    const key = Buffer.from(row.kid).toString('hex');
    const kept = verifiers.get(key);
    if (kept !== undefined) return kept;
    const made = nodeVerifier(new Uint8Array(row.public_key));
    if (verifiers.size >= MOST_KEPT) verifiers.clear();
    verifiers.set(key, made);
    return made;
  }

  return {
    find: async (kid) => {
      const row = await store.queries
        .selectFrom('installations')
        .selectAll()
        .where('kid', '=', kid)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        stationId: row.station_id,
        installation: row.installation,
        kid: new Uint8Array(row.kid),
        verifier: verifierOf(row),
        revokedAt: row.revoked_at,
      };
    },
  };
}

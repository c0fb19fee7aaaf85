import type { Clock, RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Store } from '../store/store.ts';
import type { Installation } from './station-directory.ts';

const NONCE_BYTES = 32;
const HOUR_MS = 3_600_000;
/** A session takes a minute and asks for two nonces at most. */
const MOST_PER_HOUR = 600;
/** A packet may travel for weeks before its evidence is judged. */
const UNUSED_LIFE_MS = 90 * 24 * HOUR_MS;

export interface NonceDesk {
  /** A fresh nonce for one packet's liveness plan. It is on the disk before the station has it. */
  give(installation: Installation): Promise<Result<Uint8Array, 'too-many'>>;
}

export function nonceDesk(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}): NonceDesk {
  const { store, clock, randomBytes } = ports;
  return {
    give: ({ stationId, installation }) =>
      store.write(async (queries) => {
        const now = clock.now();
        const { given } = await queries
          .selectFrom('nonces')
          .select((row) => row.fn.countAll().as('given'))
          .where('station_id', '=', stationId)
          .where('installation', '=', installation)
          .where('used_by', 'is', null)
          .where('issued_at', '>', now - HOUR_MS)
          .executeTakeFirstOrThrow();
        if (Number(given) >= MOST_PER_HOUR) return err('too-many');
        await queries
          .deleteFrom('nonces')
          .where('station_id', '=', stationId)
          .where('installation', '=', installation)
          .where('used_by', 'is', null)
          .where('issued_at', '<', now - UNUSED_LIFE_MS)
          .execute();
        const nonce = randomBytes(NONCE_BYTES);
        await queries
          .insertInto('nonces')
          .values({ nonce, station_id: stationId, installation, issued_at: now, used_by: null })
          .execute();
        return ok(nonce);
      }),
  };
}

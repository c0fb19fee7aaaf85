import type { Clock } from '#domain/clock.ts';
import { placesOf, STATUS_BLOCK_PLACES } from '#protocol/status-list.ts';
import type { Store } from '../store/store.ts';
import type { Issuance } from './issuance.ts';
import { newestStatusBlock } from './status-index.ts';

/** Life of a status list unless told otherwise: how long a desk without a network may go by it. */
export const STATUS_LIST_LIFE_MS = 24 * 3_600_000;

/** Gives out the status lists in force. */
export interface StatusPublisher {
  /** COSE_Sign1 of kind `status-list`; null for a block in which no e-ID has a place yet. */
  listOf(block: number): Promise<Uint8Array | null>;
  /** One for each block, from block 0 on. */
  lists(): Promise<readonly Uint8Array[]>;
}

interface Made {
  readonly statement: Uint8Array;
  readonly madeAt: number;
  /** Revocations only ever come to it, so that their count tells whether a list is still the whole truth. */
  readonly revoked: number;
}

/**
 * A list is made when it is asked for and something was revoked since, or half its life is over: whoever asks never gets
 * one that is about to expire, and a revocation stands in the very next list. What is revoked is read from the database
 * each time, so that several processes publish the same.
 */
export function statusPublisher(ports: {
  readonly store: Store;
  readonly issuance: Pick<Issuance, 'signStatusList'>;
  readonly clock: Clock;
  readonly lifeMs: number;
}): StatusPublisher {
  const { queries } = ports.store;
  const made = new Map<number, Made>();
  /** One list is made at a time, so that a crowd that asks for the same is given the same. */
  let last: Promise<unknown> = Promise.resolve();

  function oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  async function current(block: number): Promise<Uint8Array> {
    const revoked = await revokedIn(block);
    const now = ports.clock.now();
    const known = made.get(block);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.madeAt;
    // A clock that was set back makes a list anew as well.
    if (known?.revoked === revoked.length && age >= 0 && age < ports.lifeMs / 2) return known.statement;
    const issuedAt = Math.floor(now / 1000) * 1000;
    const expiresAt = issuedAt + Math.ceil(ports.lifeMs / 1000) * 1000;
    const list = { block, issuedAt, expiresAt, places: placesOf(revoked) };
    const statement = await ports.issuance.signStatusList(list);
    made.set(block, { statement, madeAt: now, revoked: revoked.length });
    return statement;
  }

  async function revokedIn(block: number): Promise<readonly number[]> {
    const rows = await queries
      .selectFrom('eids')
      .select('status_index')
      .where('revoked_at', 'is not', null)
      .where('status_index', '>=', block * STATUS_BLOCK_PLACES)
      .where('status_index', '<', (block + 1) * STATUS_BLOCK_PLACES)
      .execute();
    return rows.map((row) => row.status_index);
  }

  return {
    listOf: async (block) =>
      block > (await newestStatusBlock(queries)) ? null : oneByOne(() => current(block)),
    lists: async () => {
      const newest = await newestStatusBlock(queries);
      const statements: Uint8Array[] = [];
      for (let block = 0; block <= newest; block += 1) {
        statements.push(await oneByOne(() => current(block)));
      }
      return statements;
    },
  };
}

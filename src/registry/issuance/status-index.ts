import type { RandomBytes } from '#domain/clock.ts';
import { STATUS_BLOCK_PLACES as BLOCK, statusBlockOf } from '#protocol/status-list.ts';
import type { Queries } from '../store/store.ts';

/** In a block that is half full at most, this many draws all fail once in 2^64 times. */
const MOST_DRAWS = 64;

/** The last block that an e-ID has a place in; 0 when there are none. */
export async function newestStatusBlock(queries: Queries): Promise<number> {
  const { highest } = await queries
    .selectFrom('eids')
    .select((row) => row.fn.max('status_index').as('highest'))
    .executeTakeFirstOrThrow();
  return highest === null ? 0 : statusBlockOf(Number(highest));
}

/**
 * A place in the status list that no e-ID has, drawn at random so that it tells nothing of the order of issue. Blocks
 * are filled to a half, so that two draws find a free place on average; then the next block is opened.
 */
export async function freeStatusIndex(queries: Queries, randomBytes: RandomBytes): Promise<number> {
  const newestBlock = await newestStatusBlock(queries);
  const { taken } = await queries
    .selectFrom('eids')
    .select((row) => row.fn.countAll().as('taken'))
    .where('status_index', '>=', newestBlock * BLOCK)
    .executeTakeFirstOrThrow();
  const block = Number(taken) < BLOCK / 2 ? newestBlock : newestBlock + 1;
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const index = block * BLOCK + (new DataView(randomBytes(4).slice().buffer).getUint32(0) % BLOCK);
    const holder = await queries
      .selectFrom('eids')
      .select('subject')
      .where('status_index', '=', index)
      .executeTakeFirst();
    if (holder === undefined) return index;
  }
  throw new Error('the random source repeats itself');
}

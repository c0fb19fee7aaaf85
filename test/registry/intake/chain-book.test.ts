import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '#protocol/envelope.ts';
import { type ChainId, chainStanding } from '#registry/intake/chain-book.ts';
import type { Arrival } from '#registry/intake/keep-arrival.ts';
import type { Store } from '#registry/store/store.ts';
import { arrivalOf, keep, newInstallation, testStore } from '../store-fixture.ts';

/** What became of a station's disk, as a script. */
interface Story {
  /** Length of the chain before anything happened. */
  readonly length: number;
  /** Where a restored disk forked it, and how many packets the branch has. */
  readonly fork: { readonly at: number; readonly length: number } | null;
  /** Place in the main chain whose link is wrong. */
  readonly brokenAt: number | null;
}

const stories: fc.Arbitrary<Story> = fc.record({
  length: fc.integer({ min: 1, max: 8 }),
  fork: fc.option(fc.record({ at: fc.integer({ min: 0, max: 7 }), length: fc.integer({ min: 1, max: 3 }) })),
  brokenAt: fc.option(fc.integer({ min: 1, max: 8 })),
});

function packetsOf(story: Story, chain: ChainId, certificate: Uint8Array): Arrival[] {
  const main = branch({ chain, from: 1, count: story.length, previous: certificate, name: 'main' });
  const brokenAt = story.brokenAt ?? 0;
  const broken = main.map((arrival) =>
    arrival.opened.sequence === brokenAt
      ? { ...arrival, opened: { ...arrival.opened, previous: new Uint8Array(32).fill(0xbb) } }
      : arrival,
  );
  if (story.fork === null || story.fork.at > story.length) return broken;
  const last = story.fork.at === 0 ? null : main[story.fork.at - 1];
  const previous = last === null || last === undefined ? certificate : hashOf(last.envelope);
  const forked = branch({ chain, from: story.fork.at + 1, count: story.fork.length, previous, name: 'fork' });
  return [...broken, ...forked];
}

function branch(told: {
  readonly chain: ChainId;
  readonly from: number;
  readonly count: number;
  readonly previous: Uint8Array;
  readonly name: string;
}): Arrival[] {
  const arrivals: Arrival[] = [];
  let { previous } = told;
  for (let sequence = told.from; sequence < told.from + told.count; sequence += 1) {
    const packetId = `${told.chain.stationId} ${told.name} ${sequence}`;
    const arrival = arrivalOf({ chain: told.chain, packetId, sequence, previous });
    arrivals.push(arrival);
    previous = hashOf(arrival.envelope);
  }
  return arrivals;
}

async function bookOf(store: Store, chain: ChainId) {
  const packets = await store.queries
    .selectFrom('packets')
    .select(['packet_id', 'sequence', 'forked', 'broken_link'])
    .where('station_id', '=', chain.stationId)
    .orderBy('packet_id')
    .execute();
  const { head, gaps } = await chainStanding(store.queries, chain);
  const named = packets.map((packet) => ({ ...packet, packet_id: packet.packet_id.replace(/^\S+ /, '') }));
  return { packets: named, head, gaps };
}

describe('the book of a chain', () => {
  it('ends the same whatever the order and however often packets come', async () => {
    const { store } = await testStore();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        stories.chain((story) => fc.tuple(fc.constant(story), fc.infiniteStream(fc.nat({ max: 1_000_000 })))),
        async ([story, numbers]) => {
          runs += 1;
          const certificate = new Uint8Array(32).fill(runs % 256);
          const straight = await newInstallation(store, `straight-${runs}`, certificate);
          const shuffled = await newInstallation(store, `shuffled-${runs}`, certificate);
          for (const arrival of packetsOf(story, straight, certificate)) await keep(store, arrival);
          const packets = packetsOf(story, shuffled, certificate);
          const order = packets
            .flatMap((arrival) => [arrival, arrival])
            .map((arrival) => ({ arrival, place: numbers.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place);
          for (const { arrival } of order) await keep(store, arrival);
          expect(await bookOf(store, shuffled)).toEqual(await bookOf(store, straight));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('flags exactly the forks and the broken link that there are', async () => {
    const { store } = await testStore();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        runs += 1;
        const certificate = new Uint8Array(32).fill(0xce);
        const chain = await newInstallation(store, `hall-${runs}x`, certificate);
        const packets = packetsOf(story, chain, certificate);
        for (const arrival of packets) await keep(store, arrival);
        const book = await bookOf(store, chain);
        const bySequence = Map.groupBy(packets, ({ opened }) => opened.sequence);
        for (const packet of book.packets) {
          expect(packet.forked).toBe((bySequence.get(packet.sequence)?.length ?? 0) > 1 ? 1 : 0);
          const isBroken = packet.packet_id === `main ${story.brokenAt ?? 0}`;
          expect(packet.broken_link).toBe(isBroken ? 1 : 0);
        }
        expect(book.gaps).toEqual([]);
        expect(book.head).toBe(Math.max(...packets.map(({ opened }) => opened.sequence)));
      }),
      { numRuns: 40 },
    );
  });

  it('names 64 gaps at most, the oldest first', async () => {
    const { store, chain } = await testStore();
    for (let sequence = 2; sequence <= 140; sequence += 2) {
      const previous = new Uint8Array(32);
      await keep(store, arrivalOf({ chain, packetId: `packet ${sequence}`, sequence, previous }));
    }
    const { head, gaps } = await chainStanding(store.queries, chain);
    expect(head).toBe(140);
    expect(gaps).toHaveLength(64);
    expect(gaps[0]).toEqual({ first: 1, last: 1 });
    expect(gaps[63]).toEqual({ first: 127, last: 127 });
  });
});

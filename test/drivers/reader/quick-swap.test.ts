import { describe, expect, it } from 'vitest';
import { CARD, READER, readerBench } from './reader-bench.ts';

const OTHER = { kind: 'foreign' } as const;
/** Milliseconds: shorter than two looks for a card are apart. */
const AWAY = [20, 150, 300];

/** A reader that is asked for a card on which `first` is laid. */
async function asked(bench: ReturnType<typeof readerBench>, first: typeof CARD | typeof OTHER) {
  await bench.ready();
  bench.reader.handle({ type: 'reader.read' });
  bench.simulator.insert(first);
}

describe('a card that is lifted and laid down again between two looks', () => {
  it.each(AWAY)('after it was read, is another card: it is read anew (away for %i ms)', async (away) => {
    const bench = readerBench();
    await asked(bench, CARD);
    await bench.until('card.read');
    await bench.timers.advance(1000);
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.lift();
    await bench.timers.advance(away);
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.cards()).toEqual([
      'removed',
      'laid',
      'read',
      'fault lift-and-replace',
      'removed',
      'laid',
      'read',
    ]);
  });

  it('after it was read and nobody asks for one, is told as a new card', async () => {
    const bench = readerBench();
    await asked(bench, CARD);
    await bench.until('card.read');
    await bench.timers.advance(1000);
    bench.simulator.lift();
    bench.simulator.insert(CARD);
    await bench.timers.advance(3000);
    expect(bench.cards()).toEqual(['removed', 'laid', 'read', 'removed', 'laid']);
  });

  it.each(AWAY)('in place of one that was refused, is read (away for %i ms)', async (away) => {
    const bench = readerBench();
    await asked(bench, OTHER);
    await bench.until('card.fault');
    bench.simulator.lift();
    await bench.timers.advance(away);
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.cards().filter((each) => each.startsWith('fault'))).toEqual(['fault wrong-card']);
  });
});

describe('a card that stays where it is', () => {
  it.each(['newest-address', 'find'] as const)(
    'and was refused, is refused once, however often it is tried afresh (presence by %s)',
    async (presence) => {
      const bench = readerBench({ device: { ...READER, quirks: { ...READER.quirks, presence } } });
      await asked(bench, OTHER);
      await bench.timers.advance(60_000);
      bench.simulator.lift();
      await bench.timers.advance(3000);
      expect(bench.cards()).toEqual(['removed', 'laid', 'fault wrong-card', 'removed']);
    },
  );

  it('and was read, is not read again by a module that never says that it lies there', async () => {
    const bench = readerBench({ model: { findsReadCards: true } });
    bench.misbehave('on every newest-address: status 41');
    await asked(bench, CARD);
    await bench.until('card.read');
    bench.reader.handle({ type: 'reader.read' });
    await bench.timers.advance(60_000);
    expect(bench.cards()).toEqual(['removed', 'laid', 'read', 'fault lift-and-replace']);
  });
});

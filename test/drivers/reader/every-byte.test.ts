import { describe, expect, it } from 'vitest';
import { CARD, readerBench } from './reader-bench.ts';

/** The answers that make up a card's reading, and how many bytes each has. */
const ANSWERS = [
  ['find', 15],
  ['select', 19],
  ['read', 1295],
] as const;

/** A reader that waits for a card and will misbehave over it, and a card laid down on it. */
async function cardLaid(misbehaviour: string) {
  const bench = readerBench();
  await bench.ready();
  bench.reader.handle({ type: 'reader.read' });
  bench.simulator.insert(CARD);
  bench.misbehave(misbehaviour);
  return bench;
}

function readings(bench: Awaited<ReturnType<typeof cardLaid>>) {
  return bench.reports.filter((report) => report.type === 'card.read');
}

function expectOneWholeReading(bench: Awaited<ReturnType<typeof cardLaid>>): void {
  expect(readings(bench)).toMatchObject([{ text: CARD.text, photo: CARD.photo, fingerprints: null }]);
}

describe.each(ANSWERS)('while a reader answers to %s', (answer, length) => {
  it(`the plug pulled after any of ${length} bytes costs a new connection, never gives half a card, and the card is read`, async () => {
    for (let sent = 0; sent < length; sent += 1) {
      const bench = await cardLaid(`on ${answer}: unplug-at ${sent} 300`);
      await bench.timers.until(() => bench.states().includes('absent'));
      expect(readings(bench)).toEqual([]);
      await bench.until('card.read');
      expectOneWholeReading(bench);
      expect(bench.states()).toEqual(['connecting', 'ready', 'absent', 'ready']);
      // Whoever has laid a card down is told to put it back; before it was found there is nobody to tell.
      const told = answer === 'find' ? ['laid', 'read'] : ['laid', 'fault put-back', 'laid', 'read'];
      expect(bench.cards()).toEqual(['removed', ...told]);
      await bench.reader.stop();
    }
  });

  it(`silence on a live cable after any of ${length} bytes never gives half a card, and the card is read when it is laid down anew`, async () => {
    for (let sent = 0; sent < length; sent += 1) {
      const bench = await cardLaid(`on ${answer}: cut-after ${sent}`);
      if (answer === 'read') {
        await bench.until('card.fault');
        // The module counts the card as read.
        expect(bench.cards()).toEqual(['removed', 'laid', 'fault lift-and-replace']);
        expect(readings(bench)).toEqual([]);
        bench.simulator.lift();
        await bench.until('card.removed');
        bench.simulator.insert(CARD);
      }
      await bench.until('card.read');
      expectOneWholeReading(bench);
      expect(bench.connections()).toBe(1);
      await bench.reader.stop();
    }
  });

  it(`any of ${length} bytes lost on the way never gives a changed card`, async () => {
    for (let lost = 0; lost < length; lost += 1) {
      const bench = await cardLaid(`on ${answer}: drop-byte ${lost}`);
      // Without the first of its three AA an answer is as good as ever.
      if (answer === 'read' && lost > 2) {
        await bench.until('card.fault');
        expect(readings(bench)).toEqual([]);
        bench.simulator.lift();
        await bench.until('card.removed');
        bench.simulator.insert(CARD);
      }
      await bench.until('card.read');
      expectOneWholeReading(bench);
      await bench.reader.stop();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printerBench, RECEIPT_ON_PAPER } from './printer-bench.ts';

describe('a receipt printer', () => {
  it('is ready once it has told its whole state', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    expect(bench.states()).toEqual(['connecting', 'ready']);
    expect(bench.asked).toEqual(['100401', '100402', '100403', '100404']);
  });

  it('prints what it is given, and says so when the last line is out', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    expect(await bench.ended()).toEqual(['1 printed']);
    expect(bench.simulator.receipts()).toEqual([RECEIPT_ON_PAPER]);
    expect(bench.simulator.strange).toEqual([]);
  });

  it('is asked for its state before a receipt and after it', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    const before = bench.asked.length;
    bench.print();
    await bench.ended();
    const asked = bench.asked.slice(before);
    expect(asked.slice(0, 4)).toEqual(['100401', '100402', '100403', '100404']);
    expect(asked[4]).toMatch(/^1b40/);
    expect(asked.slice(-4)).toEqual(['100401', '100402', '100403', '100404']);
  });

  it('is asked again every few seconds while it has nothing to do', async () => {
    const bench = await printerBench();
    await bench.timers.advance(30_000);
    expect(bench.asked.length / 4).toBeGreaterThanOrEqual(10);
    expect(bench.asked.length / 4).toBeLessThanOrEqual(12);
  });

  it.each([
    [{ paper: 'none' }, 'no-paper', 'no paper: put in a roll'],
    [{ cover: 'open' }, 'cover-open', 'the cover is open: close it'],
    [{ cutter: 'jammed' }, 'jammed', 'the cutter is jammed: open the cover and take the paper out'],
  ] as const)(
    'with %o is out of service, says what to do, and is well when it was done',
    async (trouble, fault, detail) => {
      const bench = await printerBench();
      await bench.timers.advance(100);
      bench.simulator.set(trouble);
      await bench.timers.advance(4000);
      expect(bench.lastState()).toMatchObject({ state: 'out-of-service', detail });
      bench.print();
      expect(await bench.ended()).toEqual([`1 ${fault}`]);
      expect(bench.simulator.hanging()).toEqual([]);
      bench.simulator.set({ paper: 'plenty', cover: 'closed', cutter: 'well' });
      await bench.timers.advance(4000);
      expect(bench.lastState()).toMatchObject({ state: 'ready', detail: null });
      bench.print();
      expect(await bench.ended()).toEqual([`1 ${fault}`, '2 printed']);
    },
  );

  it('stays ready while paper runs out, and says so', async () => {
    const bench = await printerBench();
    bench.simulator.set({ paper: 'low' });
    await bench.timers.advance(100);
    expect(bench.lastState()).toMatchObject({
      state: 'ready',
      detail: 'paper is running out: have a roll at hand',
    });
    bench.print();
    expect(await bench.ended()).toEqual(['1 printed']);
  });

  it('whose paper ends in the middle says so, and does not print the rest for the next citizen', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.simulator.leaveLines(2);
    bench.print();
    expect(await bench.ended()).toEqual(['1 no-paper']);
    bench.simulator.set({ paper: 'plenty' });
    await bench.timers.advance(4000);
    expect(bench.simulator.hanging()).toEqual(RECEIPT_ON_PAPER.slice(0, 2));
    bench.print();
    expect(await bench.ended()).toEqual(['1 no-paper', '2 printed']);
    expect(bench.simulator.receipts()).toEqual([[...RECEIPT_ON_PAPER.slice(0, 2), ...RECEIPT_ON_PAPER]]);
  });

  it('whose roll ends with the receipt has printed it', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.receipts().length === 1);
    await bench.timers.advance(25);
    bench.simulator.set({ paper: 'none' });
    expect(await bench.ended()).toEqual(['1 printed']);
  });

  it('that falls silent while it prints leaves open whether it came out', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.hanging().length === 2);
    bench.simulator.set({ answers: 'silent' });
    expect(await bench.ended()).toEqual(['1 unknown']);
    expect(bench.lastState()?.state).toBe('absent');
  });

  it('that loses its power while it prints leaves open whether it came out, whatever its line says', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.hanging().length === 2);
    // A line whose power goes looks like an octet of noughts, and again when it comes back.
    bench.emit(0x00);
    bench.losePower();
    await bench.timers.advance(1500);
    bench.emit(0x00);
    await bench.timers.advance(1500);
    bench.simulator.set({ answers: 'all' });
    expect(await bench.ended()).toEqual(['1 unknown']);
    expect(bench.simulator.receipts()).toEqual([]);
  });

  it('that answers nothing while it prints has printed when it answers in turn afterwards, and once more', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    bench.deafWhilePrinting();
    expect(await bench.ended()).toEqual(['1 printed']);
    expect(bench.simulator.receipts()).toEqual([RECEIPT_ON_PAPER]);
    expect(bench.asked.filter((each) => each === '1d7201')).toHaveLength(1);
  });

  it('throws away what it has not printed when the driver stops', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.hanging().length === 2);
    await bench.printer.stop();
    await bench.timers.advance(5000);
    expect(bench.simulator.hanging()).toEqual(RECEIPT_ON_PAPER.slice(0, 2));
  });

  it('is told to throw nothing away when nothing prints', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    const asked = bench.asked.length;
    await bench.printer.stop();
    await bench.timers.advance(100);
    expect(bench.asked).toHaveLength(asked);
  });

  it('keeps nobody waiting when its line takes nothing while the driver stops', async () => {
    const bench = await printerBench({}, { stuckAfterReceipt: true });
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.advance(500);
    const stopping = bench.printer.stop();
    await bench.timers.advance(1000);
    await stopping;
    expect(bench.isOpen()).toBe(false);
  });

  it('that is unplugged while it prints leaves open whether it came out', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.hanging().length === 1);
    bench.unplug();
    await bench.timers.advance(1);
    expect(bench.outcomes()).toEqual(['1 unknown']);
    expect(bench.lastState()?.state).toBe('absent');
    bench.plug();
    await bench.timers.advance(1000);
    expect(bench.lastState()?.state).toBe('ready');
  });

  it('throws the rest away when it is back, if its plug was pulled while it printed', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.timers.until(() => bench.simulator.hanging().length === 2);
    // It keeps the rest, and would print it for whoever closes the cover.
    bench.simulator.set({ cover: 'open' });
    bench.unplug();
    await bench.timers.advance(1000);
    bench.plug();
    await bench.timers.advance(1000);
    bench.simulator.set({ cover: 'closed' });
    await bench.timers.advance(5000);
    expect(bench.lastState()?.state).toBe('ready');
    expect(bench.simulator.hanging()).toEqual(RECEIPT_ON_PAPER.slice(0, 2));
    expect(bench.simulator.receipts()).toEqual([]);
  });

  it('that never answered is absent, and is tried again and again', async () => {
    const bench = await printerBench();
    bench.simulator.set({ answers: 'silent' });
    await bench.timers.advance(10_000);
    expect(bench.states()).toEqual([
      'connecting',
      'absent: /dev/bench-printer does not answer: is the printer switched on?',
    ]);
    bench.simulator.set({ answers: 'all' });
    await bench.timers.advance(10_000);
    expect(bench.lastState()?.state).toBe('ready');
  });

  it('that is not there says so at once', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.unplug();
    await bench.timers.advance(100);
    bench.print();
    expect(bench.outcomes()).toEqual(['1 offline']);
  });

  it('of a model that tells nothing in turn has printed when it is still well after a while', async () => {
    const bench = await printerBench();
    bench.simulator.set({ model: 'no-paper-in-turn' });
    await bench.timers.advance(100);
    bench.print();
    expect(await bench.ended()).toEqual(['1 printed']);
    expect(bench.simulator.receipts()).toEqual([RECEIPT_ON_PAPER]);
  });

  it('is not misread when strange octets come between', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    for (let beat = 0; beat < 40; beat += 1) {
      bench.emit(0xff, 0x13, 0x91);
      await bench.timers.advance(100);
    }
    expect(bench.states()).toEqual(['connecting', 'ready']);
    bench.print();
    await bench.ended();
    expect(bench.lastState()).toMatchObject({ state: 'ready' });
  });

  it('is asked anew when two answers come to one question', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.simulator.set({ answers: 'silent' });
    await bench.timers.until(() => bench.asked.length === 5);
    bench.emit(0x12, 0x7e);
    bench.simulator.set({ answers: 'all' });
    await bench.timers.advance(900);
    expect(bench.asked).toHaveLength(5);
    await bench.timers.advance(5000);
    expect(bench.states()).toEqual(['connecting', 'ready']);
  });

  it('takes one receipt at a time', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    bench.print();
    await bench.timers.until(() => bench.outcomes().length === 2);
    expect(bench.outcomes()).toEqual(['2 offline', '1 printed']);
  });

  it('prints no pages', async () => {
    const bench = await printerBench();
    bench.printer.handle({
      type: 'printer.print',
      request: 9,
      document: { kind: 'pdf', bytes: Uint8Array.of(1) },
    });
    expect(bench.outcomes()).toEqual(['9 no-printer']);
  });

  it('ends each print with one word, whatever comes from its line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 0, max: 900 }))),
        async (babble) => {
          const bench = await printerBench();
          bench.simulator.set({ answers: 'silent' });
          bench.print();
          for (const [octets, pause] of babble) {
            bench.emit(...octets);
            await bench.timers.advance(pause);
          }
          await bench.timers.advance(60_000);
          expect(bench.outcomes()).toHaveLength(1);
          await bench.printer.stop();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says nothing more once it was stopped', async () => {
    const bench = await printerBench();
    await bench.timers.advance(100);
    bench.print();
    await bench.printer.stop();
    const told = bench.reports.length;
    bench.print();
    await bench.timers.advance(60_000);
    expect(bench.reports).toHaveLength(told);
  });
});

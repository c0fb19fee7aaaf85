import { describe, expect, it } from 'vitest';
import { bytes } from '../bytes.ts';
import { LINE_SCANNER, scannerBench } from './scanner-bench.ts';
import { newlandAnswer, simulatedNewland } from './simulated-newland.ts';

const NEWLAND = { ...LINE_SCANNER, trigger: 'newland' } as const;

describe('a scanner that is told in Newland’s words', () => {
  it('is told to be still when it comes, to look when a code is wanted, and to stop', async () => {
    const bench = await scannerBench(NEWLAND);
    const scanner = simulatedNewland(bench);
    await bench.timers.advance(1000);
    bench.start();
    await bench.timers.advance(1000);
    bench.stop();
    await bench.timers.advance(10_000);
    expect(scanner.heard()).toEqual(['SCNTRG0', 'SCNTRG1', 'SCNTRG0']);
    expect(bench.written[1]).toEqual(bytes('7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03'));
    expect(bench.scans()).toEqual([]);
    expect(await bench.health()).toEqual({ connections: 1, frames: 3, damaged: 0, timeouts: 0 });
  });

  it('gives codes and no answers, and is told to look again after each', async () => {
    const bench = await scannerBench(NEWLAND);
    const scanner = simulatedNewland(bench);
    bench.start();
    for (const text of ['EIDP1:ONE', 'EIDP1:TWO', 'EIDP1:THREE']) {
      await bench.timers.advance(1000);
      scanner.show(text);
    }
    expect(bench.scans()).toEqual(['EIDP1:ONE', 'EIDP1:TWO', 'EIDP1:THREE']);
  });

  it('is told to look again when it has seen nothing for a while', async () => {
    const bench = await scannerBench(NEWLAND);
    const scanner = simulatedNewland(bench);
    bench.start();
    await bench.timers.advance(16_000);
    expect(scanner.heard()).toEqual(['SCNTRG1', 'SCNTRG1', 'SCNTRG1', 'SCNTRG1']);
  });

  it('never gets two commands within 50 ms', async () => {
    const bench = await scannerBench(NEWLAND);
    const scanner = simulatedNewland(bench, { latency: 1 });
    await bench.timers.advance(400);
    for (let turn = 0; turn < 5; turn += 1) {
      bench.start();
      await bench.timers.advance(3);
      bench.stop();
      await bench.timers.advance(3);
    }
    await bench.timers.advance(1000);
    const times = scanner.times();
    for (const [index, at] of times.entries()) {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(50);
    }
    expect(scanner.heard().at(-1)).toBe('SCNTRG0');
  });

  it.each([
    ['\u0015', 'nak'],
    ['\u0005', 'enq'],
  ])('refuses with %j: the technician is told, until it obeys', async (mark, word) => {
    const bench = await scannerBench(NEWLAND);
    let obeys = false;
    const scanner = simulatedNewland(bench, { answer: () => (obeys ? '\u0006' : mark) });
    bench.start();
    await bench.timers.advance(1000);
    expect(bench.details().at(-1)).toBe(`the scanner refused SCNTRG1: ${word}`);
    expect(bench.states().at(-1)).toBe('ready');
    obeys = true;
    await bench.timers.advance(6000);
    expect(scanner.heard()).toEqual(['SCNTRG1', 'SCNTRG1']);
    expect(bench.details().at(-1)).toBeNull();
    expect(bench.scans()).toEqual([]);
  });

  it('says nothing for 5 s, three times: it is out of service until it answers', async () => {
    const bench = await scannerBench(NEWLAND);
    let alive = false;
    simulatedNewland(bench, { answer: () => (alive ? '\u0006' : null) });
    bench.start();
    await bench.timers.advance(5200);
    expect(bench.details().at(-1)).toBe('has not answered yet');
    await bench.timers.advance(200);
    expect(bench.details().at(-1)).toBe('no answer to SCNTRG1');
    expect(bench.states()).not.toContain('ready');
    await bench.timers.advance(13_000);
    expect(bench.states().at(-1)).toBe('out-of-service');
    expect(await bench.health()).toMatchObject({ frames: 0, timeouts: 3 });
    alive = true;
    await bench.timers.advance(10_000);
    expect(bench.states().at(-1)).toBe('ready');
    expect(bench.details().at(-1)).toBeNull();
  });

  it('misses an answer after it has given others: it is still of use', async () => {
    const bench = await scannerBench(NEWLAND);
    let alive = true;
    simulatedNewland(bench, { answer: () => (alive ? '\u0006' : null) });
    await bench.timers.advance(1000);
    expect(bench.states().at(-1)).toBe('ready');
    alive = false;
    bench.start();
    await bench.timers.advance(5200);
    expect(bench.details().at(-1)).toBe('no answer to SCNTRG1');
    expect(bench.states().at(-1)).toBe('ready');
  });

  it('gives a code without ever answering: it is of use after all', async () => {
    const bench = await scannerBench(NEWLAND);
    simulatedNewland(bench, { answer: () => null });
    bench.start();
    await bench.timers.advance(20_000);
    expect(bench.states().at(-1)).toBe('out-of-service');
    bench.send('EIDP1:ABC\r');
    expect(bench.states().at(-1)).toBe('ready');
    await bench.timers.advance(7000);
    expect(bench.states().at(-1)).toBe('ready');
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });

  it('answers what it was not asked: neither a code nor a word to the technician', async () => {
    const bench = await scannerBench(NEWLAND);
    await bench.timers.advance(6000);
    bench.start();
    bench.send(newlandAnswer('SCNMOD2', '\u0015'));
    bench.send('EIDP1:ABC\r');
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
    expect(bench.details().some((detail) => detail?.includes('SCNMOD2'))).toBe(false);
    expect(await bench.health()).toMatchObject({ frames: 1, damaged: 1 });
  });

  it('a code that imitates an answer is refused, not shortened', async () => {
    const bench = await scannerBench(NEWLAND);
    simulatedNewland(bench);
    bench.start();
    bench.send(`EIDP1:${newlandAnswer('SCNTRG1', '\u0015')}ABC\r`);
    expect(bench.scans()).toEqual(['refused: not-text']);
  });

  it('is told anew what is wanted when it was away', async () => {
    const bench = await scannerBench(NEWLAND);
    const scanner = simulatedNewland(bench);
    bench.start();
    await bench.timers.advance(1000);
    bench.unplug();
    await bench.timers.advance(20_000);
    bench.plug();
    await bench.timers.advance(1000);
    expect(scanner.heard()).toEqual(['SCNTRG1', 'SCNTRG1']);
  });
});

describe.each([
  ['honeywell', '16 54 0D', '16 55 0D'],
  ['datalogic', '54', '58'],
  ['t-and-p', '54', '50'],
] as const)('a scanner with the %s trigger', (trigger, on, off) => {
  it('is told to look and to stop, and awaits no answer', async () => {
    const bench = await scannerBench({ ...LINE_SCANNER, trigger });
    bench.start();
    await bench.timers.advance(1000);
    bench.send('EIDP1:ABC\r');
    await bench.timers.advance(1000);
    bench.stop();
    await bench.timers.advance(20_000);
    expect(bench.written).toEqual([bytes(on), bytes(on), bytes(off)]);
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
    expect(await bench.health()).toMatchObject({ timeouts: 0, damaged: 0 });
  });
});

describe('a common Chinese module', () => {
  it('gives up: that is no code, and it is told to look again', async () => {
    const bench = await scannerBench({ ...LINE_SCANNER, trigger: 't-and-p' });
    bench.start();
    await bench.timers.advance(1000);
    bench.send('%%NoRead\r');
    bench.send('EIDP1:%%NoRead\r');
    await bench.timers.advance(1000);
    expect(bench.scans()).toEqual(['EIDP1:%%NoRead']);
    expect(bench.written).toEqual([bytes('54'), bytes('54')]);
  });
});

it('a scanner that looks by itself is told nothing, ever', async () => {
  const bench = await scannerBench(LINE_SCANNER);
  bench.start();
  bench.send('EIDP1:ABC\r');
  await bench.timers.advance(60_000);
  bench.stop();
  await bench.timers.advance(60_000);
  expect(bench.written).toEqual([]);
});

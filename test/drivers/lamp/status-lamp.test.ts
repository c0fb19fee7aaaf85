import { describe, expect, it } from 'vitest';
import type { LampDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { err } from '#domain/result.ts';
import { createStatusLamp } from '#drivers/lamp/status-lamp.ts';
import { type MemoryDevice, memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { closingLine, slowOpening } from '../connection/troubled-lines.ts';
import { type ManualTimers, manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

const PATH = '/dev/bench-lamp';

/** A board of relays: what is on, and how it answers. */
async function lampBench(protocol: LampDevice['protocol']) {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const on = new Set<number>();
  let answers: 'well' | 'not' | 'wrong' | 'refuses' = 'well';
  let device: MemoryDevice | null = null;
  const connector = manualConnector(() => {
    const made = memoryTransport({ path: PATH });
    device = made.device;
    made.device.onWrite((bytes) => {
      if (answers === 'not') return;
      const [first, second, third, fourth, fifth] = bytes;
      const channel = first === 0xa0 ? (second ?? 0) : (fourth ?? 0) + 1;
      const lit = first === 0xa0 ? third === 1 : fifth === 0xff;
      if (answers === 'refuses') return made.device.emit(Uint8Array.of(1, 0x85, 2, 0xc3, 0x51));
      if (answers === 'wrong') return made.device.emit(bytes.map((octet) => octet ^ 1));
      if (lit) on.add(channel);
      else on.delete(channel);
      if (first === 0x01) made.device.emit(bytes);
    });
    return made.transport;
  });
  const lamp = createStatusLamp({
    device: {
      role: 'lamp',
      model: 'Bench lamp',
      simulated: true,
      protocol,
      connection: { transport: 'serial', path: PATH, baudRate: 9600 },
      channels: { green: 1, amber: 2, red: 3 },
    },
    timers,
    connector,
    report: (report) => reports.push(report),
  });
  await timers.advance(500);
  return {
    timers,
    lamp,
    lit: () => [...on],
    answer: (how: typeof answers) => {
      answers = how;
    },
    loseBoard() {
      on.clear();
      device?.unplug();
    },
    lastState: () => reports.findLast((report) => report.type === 'device'),
  };
}

describe.each(['lcus', 'modbus-rtu'] as const)('a lamp on %s relays', (protocol) => {
  it('shows one light for each sign', async () => {
    const bench = await lampBench(protocol);
    expect(bench.lit()).toEqual([]);
    for (const [sign, channels] of [
      ['free', [1]],
      ['in-use', [2]],
      ['call-staff', [3]],
      ['off', []],
    ] as const) {
      bench.lamp.handle({ type: 'lamp.show', sign });
      await bench.timers.advance(500);
      expect(bench.lit()).toEqual(channels);
    }
    expect(bench.lastState()).toMatchObject({ state: 'ready', detail: null });
  });

  it('shows the last of signs that come faster than it switches', async () => {
    const bench = await lampBench(protocol);
    for (const sign of ['free', 'in-use', 'free', 'call-staff'] as const)
      bench.lamp.handle({ type: 'lamp.show', sign });
    await bench.timers.advance(1000);
    expect(bench.lit()).toEqual([3]);
  });

  it('says its sign again after it was away', async () => {
    const bench = await lampBench(protocol);
    bench.lamp.handle({ type: 'lamp.show', sign: 'free' });
    await bench.timers.advance(500);
    bench.loseBoard();
    expect(bench.lastState()?.state).toBe('absent');
    await bench.timers.advance(2000);
    expect(bench.lit()).toEqual([1]);
    expect(bench.lastState()?.state).toBe('ready');
  });

  it('is dark when it was stopped', async () => {
    const bench = await lampBench(protocol);
    bench.lamp.handle({ type: 'lamp.show', sign: 'free' });
    await bench.timers.advance(500);
    const stopped = bench.lamp.stop();
    await bench.timers.advance(500);
    await stopped;
    expect(bench.lit()).toEqual([]);
  });
});

describe('a Modbus board', () => {
  it.each([
    ['not', 'does not answer'],
    ['wrong', 'check its rate'],
    ['refuses', 'check "channels"'],
  ] as const)('that answers %s is out of service and says what to look at', async (how, words) => {
    const bench = await lampBench('modbus-rtu');
    bench.answer(how);
    bench.lamp.handle({ type: 'lamp.show', sign: 'free' });
    await bench.timers.advance(1100);
    expect(bench.lastState()).toMatchObject({
      state: 'out-of-service',
      detail: expect.stringContaining(words),
    });
    bench.answer('well');
    // Its connections did not last: it is believed when one does.
    await bench.timers.advance(16_000);
    expect(bench.lastState()?.state).toBe('ready');
    expect(bench.lit()).toEqual([1]);
  });
});

describe('the connection of a lamp', () => {
  function lampOn(make: (timers: ManualTimers) => Transport) {
    const timers = manualTimers();
    const states: string[] = [];
    const lamp = createStatusLamp({
      device: {
        role: 'lamp',
        model: 'Bench lamp',
        simulated: true,
        protocol: 'lcus',
        connection: { transport: 'serial', path: PATH, baudRate: 9600 },
        channels: { green: 1, amber: 2, red: 3 },
      },
      timers,
      connector: manualConnector(() => make(timers)),
      report: (report) => {
        if (report.type === 'device') states.push(report.state);
      },
    });
    return { timers, lamp, states };
  }

  it('that opens and closes again and again is told of twice', async () => {
    const { timers, states } = lampOn((each) => closingLine({ timers: each, after: 200 }));
    await timers.advance(60_000);
    expect(states.filter((state) => state === 'ready')).toHaveLength(2);
    expect(states.at(-1)).toBe('absent');
  });

  it('is free when the driver has stopped, though it was just being opened', async () => {
    const { transport, opened, isFree } = slowOpening();
    const { timers, lamp } = lampOn(() => transport);
    await timers.advance(10);
    const stopping = lamp.stop();
    await timers.advance(10);
    opened();
    await stopping;
    expect(isFree()).toBe(true);
  });

  it('is free when the driver has stopped, though it took nothing any more', async () => {
    const { transport } = memoryTransport({ path: PATH });
    let isBroken = false;
    let isFree = false;
    const { timers, lamp } = lampOn(() => ({
      ...transport,
      write: (bytes) =>
        isBroken ? Promise.resolve(err({ reason: 'failed', detail: 'I/O' })) : transport.write(bytes),
      async close() {
        await new Promise<void>((resolve) => timers.after(50, resolve));
        isFree = true;
      },
    }));
    lamp.handle({ type: 'lamp.show', sign: 'free' });
    await timers.advance(500);
    isBroken = true;
    const stopping = lamp.stop().then(() => expect(isFree).toBe(true));
    await timers.advance(500);
    await stopping;
    expect(isFree).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { FINGERPRINTS } from '../framing/sdt-vectors.ts';
import { CARD, READER, readerBench } from './reader-bench.ts';

const PROBED = {
  ...READER,
  connection: { ...READER.connection, baudRate: 'probe' },
} as const;
const WITH_FINGERPRINTS = { ...READER, quirks: { ...READER.quirks, readsFingerprints: true } } as const;
const FOUND_AGAIN = { ...READER, quirks: { ...READER.quirks, presence: 'find' } } as const;

describe('the rate of a line, when it is probed', () => {
  it('is 115200 where that answers', async () => {
    const bench = readerBench({ device: PROBED });
    await bench.ready();
    expect(bench.connections()).toBe(1);
    expect(bench.last('device')).toMatchObject({ state: 'ready', detail: '115200 baud, found by probing' });
  });

  it('is found by trying one after the other, each on a connection of its own', async () => {
    const bench = readerBench({ device: PROBED, baudRate: 19200 });
    await bench.ready();
    expect(bench.connections()).toBe(4);
    expect(bench.states()).toEqual(['connecting', 'ready']);
    expect(bench.last('device')).toMatchObject({
      detail: '19200 baud, found by probing',
      health: { connections: 4, timeouts: 3, damaged: 0 },
    });
  });

  it('makes the time that a card may take: at 9600 it takes 1.4 seconds on the line', async () => {
    // Less thinking time than the answer needs on the line.
    const device = { ...PROBED, thinkingTimes: { read: 500 } };
    const bench = readerBench({ device, baudRate: 9600 });
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.last('card.read')).toMatchObject({ text: CARD.text });
  });

  it('is tried first the next time', async () => {
    const bench = readerBench({ device: PROBED, baudRate: 9600 });
    await bench.ready();
    bench.unplug();
    await bench.until('device');
    const before = bench.connections();
    bench.plug();
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'ready', detail: '9600 baud, found by probing' });
    expect(bench.connections()).toBe(before + 1);
  });

  it('is told to be none when nothing answers at any', async () => {
    const bench = readerBench({ device: PROBED });
    bench.misbehave('on every any: silence');
    await bench.timers.until(() => bench.states().includes('absent'));
    expect(bench.last('device')).toMatchObject({
      state: 'absent',
      detail: 'no answer at any of 115200, 57600, 38400, 19200, 9600 baud',
    });
    bench.misbehave('');
    await bench.ready();
  });

  it('is not looked for behind a plug that is pulled', async () => {
    const bench = readerBench({ device: PROBED, baudRate: 9600 });
    await bench.timers.until(() => bench.connections() === 3);
    bench.unplug();
    await bench.timers.until(() => bench.states().includes('absent'));
    expect(bench.connections()).toBe(3);
    expect(bench.last('device')).toMatchObject({ detail: 'bad file descriptor' });
    bench.plug();
    await bench.ready();
  });

  it('is no longer looked for once the reader was stopped', async () => {
    const bench = readerBench({ device: PROBED, baudRate: 9600 });
    await bench.timers.until(() => bench.connections() === 2);
    await bench.reader.stop();
    await bench.timers.advance(30_000);
    expect(bench.connections()).toBe(2);
  });
});

describe('a reader whose settings ask for fingerprints', () => {
  it.each([512, 1024])('tells %i bytes of them with the card', async (length) => {
    const bench = readerBench({ device: WITH_FINGERPRINTS });
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert({ ...CARD, fingerprints: FINGERPRINTS.slice(0, length) });
    await bench.until('card.read');
    expect(bench.last('card.read')).toMatchObject({
      text: CARD.text,
      photo: CARD.photo,
      fingerprints: FINGERPRINTS.slice(0, length),
    });
  });

  it('tells none where the card has none', async () => {
    const bench = readerBench({ device: WITH_FINGERPRINTS });
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.last('card.read')).toMatchObject({ text: CARD.text, fingerprints: null });
  });

  it('says so when the model cannot read them', async () => {
    const bench = readerBench({ device: WITH_FINGERPRINTS, model: { readsFingerprints: false } });
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.fault');
    expect(bench.last('card.fault')).toMatchObject({
      fault: 'out-of-service',
      detail: 'SW3 21 接收业务终端的命令错误, unknown command',
    });
  });

  it('is the only one that asks for them', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert({ ...CARD, fingerprints: FINGERPRINTS });
    await bench.until('card.read');
    expect(bench.last('card.read')).toMatchObject({ fingerprints: null });
  });
});

describe('a model that finds a card again that it has read', () => {
  const bench = () => readerBench({ device: FOUND_AGAIN, model: { findsReadCards: true } });

  it('is asked by finding whether the card lies there still, and reads it once', async () => {
    const { timers, simulator, reader, cards, until, ready } = bench();
    await ready();
    reader.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    await until('card.read');
    await timers.advance(5000);
    simulator.lift();
    await until('card.removed');
    expect(cards()).toEqual(['removed', 'laid', 'read', 'removed']);
    expect(simulator.readings()).toBe(1);
  });

  it('tells a card that lies there when it is opened', async () => {
    const { simulator, cards, until } = bench();
    simulator.insert(CARD);
    await until('card.laid');
    expect(cards()).toEqual(['laid']);
  });

  it('asks to put a card back that is pulled while it is read', async () => {
    const { timers, simulator, reader, cards, until, ready, misbehave } = bench();
    await ready();
    reader.handle({ type: 'reader.read' });
    misbehave('on read: cut-after 500');
    simulator.insert(CARD);
    await until('card.laid');
    await timers.advance(200);
    simulator.lift();
    await until('card.fault');
    expect(cards()).toEqual(['removed', 'laid', 'fault put-back', 'removed']);
  });
});

describe('the settings’ times', () => {
  it('are what a freshly opened device gets before its first command, and what lies between two looks', async () => {
    const heard: number[] = [];
    const device = { ...READER, settleTime: 900, pollInterval: 450 };
    const bench = readerBench({ device });
    await bench.timers.until(() => bench.states().includes('ready'));
    // 80 ms of quiet, the barrier, quiet again and two answers come after it.
    expect(bench.timers.monotonic()).toBeGreaterThanOrEqual(900 + 2 * 80);
    expect(bench.timers.monotonic()).toBeLessThan(900 + 400);
    await bench.ready();
    const { receive } = bench.simulator;
    bench.simulator.receive = (bytes) => {
      heard.push(bench.timers.monotonic());
      receive(bytes);
    };
    await bench.timers.until(() => heard.length === 3);
    const [first = 0, second = 0, third = 0] = heard;
    for (const pause of [second - first, third - second]) {
      expect(pause).toBeGreaterThanOrEqual(450);
      expect(pause).toBeLessThan(450 + 100);
    }
  });
});

describe('what went by on a reader’s line', () => {
  it('is counted: whole answers, damaged ones, and silence', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave(`
      on find 2: bad-checksum
      on find 3: silence
      on find 4: cut-after 9
      on find 5: babble 40
    `);
    await bench.timers.advance(8000);
    bench.unplug();
    const last = bench.last('device');
    // The babble holds one beginning of a frame whose length cannot be.
    expect(last).toMatchObject({ health: { connections: 1, timeouts: 1, damaged: 3 } });
    const frames = last?.type === 'device' ? last.health.frames : 0;
    // Barrier, status, module and address; four looks come to nothing; after each a barrier.
    expect(frames).toBeGreaterThan(4 + 4 + 5);
  });

  it('is told of a reader that is well and watches, seldom', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.misbehave('on find 2: silence');
    await bench.until('device');
    expect(bench.timers.monotonic()).toBeGreaterThan(10_000);
    expect(bench.last('device')).toMatchObject({ state: 'ready', health: { timeouts: 1 } });
    const before = bench.states().length;
    await bench.timers.advance(60_000);
    expect(bench.states().length).toBe(before);
  });

  it('is not told while somebody waits to lay a card down', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave('on find 2: silence');
    await bench.timers.advance(60_000);
    expect(bench.states()).toEqual(['connecting', 'ready']);
  });
});

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sdtResponseDeframer } from '#drivers/framing/sdt.ts';
import { CARD, readerBench } from './reader-bench.ts';

/** Bytes of an answer that holds a card: two lengths, text, portrait. */
const READING = 4 + 256 + 1024;

describe('an ID card reader', () => {
  it('opens, tells its security module and that no card lies there', async () => {
    const bench = readerBench();
    await bench.until('card.removed');
    expect(bench.states()).toEqual(['connecting', 'ready']);
    expect(bench.last('device')).toEqual({
      type: 'device',
      role: 'reader',
      state: 'ready',
      model: 'Bench reader',
      samId: '99.01-20260101-0000000001-0000000001',
      simulated: true,
      detail: null,
      health: { connections: 1, frames: 5, damaged: 0, timeouts: 0 },
    });
    expect(bench.cards()).toEqual(['removed']);
  });

  it('reads a card that is laid down, once, and tells when it is lifted', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.last('card.read')).toMatchObject({
      text: CARD.text,
      photo: CARD.photo,
      samId: '99.01-20260101-0000000001-0000000001',
      simulated: true,
    });
    await bench.timers.advance(5000);
    bench.simulator.lift();
    await bench.until('card.removed');
    expect(bench.cards()).toEqual(['removed', 'laid', 'read', 'removed']);
  });

  it('takes the reader’s own time and little more', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    const read = bench.last('card.read');
    // select 20 ms, read 350 ms, 1295 bytes at 115 a 10 ms and 19 bytes in one go; all else is ours.
    expect(read?.type === 'card.read' && read.tookMs).toBeLessThanOrEqual(20 + 10 + 350 + 120 + 50);
  });

  it('unplugged over a card that was read, has forgotten it without power and finds a card as if it were a fresh one', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    bench.unplug();
    await bench.until('device');
    bench.plug();
    await bench.until('card.laid');
    bench.reader.handle({ type: 'reader.read' });
    await bench.until('card.read');
    expect(bench.cards()).toEqual(['removed', 'laid', 'read', 'laid', 'read']);
  });

  it('only watches until it is asked to read', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.simulator.insert(CARD);
    await bench.timers.advance(3000);
    expect(bench.cards()).toEqual(['removed', 'laid']);
    bench.simulator.lift();
    await bench.timers.advance(3000);
    expect(bench.cards()).toEqual(['removed', 'laid', 'removed']);
  });

  it('reads a card that lay there before it was asked', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.simulator.insert(CARD);
    await bench.timers.advance(1000);
    bench.reader.handle({ type: 'reader.read' });
    await bench.until('card.read');
    expect(bench.cards()).toEqual(['removed', 'laid', 'read']);
  });

  it('tells a card that was left behind by whoever read it, and does not read it again', async () => {
    const first = readerBench();
    await first.ready();
    first.reader.handle({ type: 'reader.read' });
    first.simulator.insert(CARD);
    await first.until('card.read');
    // A new driver process finds the same reader and the same card.
    const reading = first.until('card.laid');
    first.loseLine();
    first.plug();
    await reading;
    first.reader.handle({ type: 'reader.read' });
    await first.timers.advance(3000);
    expect(first.cards()).toEqual(['removed', 'laid', 'read', 'laid', 'fault lift-and-replace']);
  });

  it('asks to lift and replace when a second reading is wanted of a card that lies there read', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    bench.reader.handle({ type: 'reader.read' });
    expect(bench.cards().at(-1)).toBe('fault lift-and-replace');
    bench.simulator.lift();
    await bench.until('card.removed');
    bench.simulator.insert(CARD);
    await bench.until('card.read');
  });

  it('refuses a card of another kind', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert({ kind: 'foreign' });
    await bench.until('card.fault');
    expect(bench.last('card.fault')).toEqual({
      type: 'card.fault',
      fault: 'wrong-card',
      status: 0x40,
      detail: 'SW3 40 无法识别的卡类型, unknown card type',
    });
    bench.simulator.lift();
    await bench.until('card.removed');
    bench.simulator.insert(CARD);
    await bench.until('card.read');
  });

  it('does not read on when the card was refused by the module', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave('on every read: status 32');
    bench.simulator.insert(CARD);
    await bench.until('card.fault');
    await bench.timers.advance(60_000);
    expect(bench.cards()).toEqual(['removed', 'laid', 'fault refused']);
  });

  it('reads again by itself after a failed read, without a word', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave('on read: status 41');
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.cards()).toEqual(['removed', 'laid', 'read']);
  });

  it.each(['bad-checksum', 'cut-after 500', 'silence', 'drop-byte 700'] as const)(
    'asks to lift and replace after %s: the module counts the card as read',
    async (fault) => {
      const bench = readerBench();
      await bench.ready();
      bench.reader.handle({ type: 'reader.read' });
      bench.misbehave(`on read: ${fault}`);
      bench.simulator.insert(CARD);
      await bench.until('card.fault');
      expect(bench.cards()).toEqual(['removed', 'laid', 'fault lift-and-replace']);
      bench.simulator.lift();
      await bench.until('card.removed');
      bench.simulator.insert(CARD);
      await bench.until('card.read');
      expect(bench.connections()).toBe(1);
    },
  );

  it('asks to put the card back when it is pulled while it is read', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave('on read: cut-after 500');
    bench.simulator.insert(CARD);
    await bench.until('card.laid');
    await bench.timers.advance(200);
    bench.simulator.lift();
    await bench.until('card.fault');
    expect(bench.cards()).toEqual(['removed', 'laid', 'fault put-back', 'removed']);
    bench.simulator.insert(CARD);
    await bench.until('card.read');
  });

  it('forgets a reading that nobody wants any more', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.laid');
    await bench.timers.advance(100);
    bench.reader.handle({ type: 'reader.watch' });
    await bench.timers.advance(5000);
    expect(bench.cards()).toEqual(['removed', 'laid']);
  });

  it('is out of service while the module fails its self-test, and comes back', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.misbehave('on every any: status 60');
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({
      state: 'out-of-service',
      detail: 'SW3 60 SAM 自检失败, self-test failed',
    });
    bench.misbehave('');
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'ready' });
  });

  it('tells the citizen too when the module fails with a card on it', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.laid');
    bench.misbehave('on every any: status 60');
    await bench.until('card.fault');
    expect(bench.cards().at(-1)).toBe('fault out-of-service');
  });

  it('loses a reader that is unplugged in the middle of the photo, and reads when it is back', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.laid');
    await bench.timers.advance(20 + 350 + 80);
    bench.unplug();
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({
      state: 'absent',
      samId: null,
      detail: 'bad file descriptor',
    });
    bench.simulator.lift();
    bench.simulator.insert(CARD);
    bench.plug();
    await bench.until('card.read');
    expect(bench.states()).toEqual(['connecting', 'ready', 'absent', 'ready']);
  });

  it('keeps trying with growing pauses while a reader is missing, and takes it as soon as it appears', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.unplug();
    await bench.timers.advance(60_000);
    // 0.5, 1, 2, then 5 seconds.
    expect(bench.connections()).toBe(1 + 3 + 11);
    const before = bench.timers.monotonic();
    bench.plug();
    await bench.until('device');
    expect(bench.timers.monotonic() - before).toBeLessThan(1500);
  });

  it('notices a reader that dies behind a live cable, and its coming back', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.misbehave('on every any: silence');
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'connecting', detail: 'the reader does not answer' });
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'absent', detail: 'the reader does not answer' });
    bench.misbehave('');
    await bench.timers.until(() => bench.states().at(-1) === 'ready');
  });

  it('leaves nothing of a card in memory whose answer comes while it is stopped', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    const wiped = vi.spyOn(Uint8Array.prototype, 'fill');
    onTestFinished(() => wiped.mockRestore());
    const ear = sdtResponseDeframer();
    bench.afterSaying((bytes) => {
      if (ear.push(bytes).some(({ data }) => data.length === READING)) void bench.reader.stop();
    });
    bench.simulator.insert(CARD);
    await bench.timers.advance(10_000);
    expect(bench.cards()).toEqual(['removed', 'laid']);
    const lengths = wiped.mock.contexts.map((each) => (each instanceof Uint8Array ? each.length : 0));
    expect(lengths.filter((length) => length === READING)).toHaveLength(1);
  });

  it('says nothing more once it was stopped', async () => {
    const bench = readerBench();
    await bench.ready();
    await bench.reader.stop();
    const before = bench.reports.length;
    bench.simulator.insert(CARD);
    await bench.timers.advance(10_000);
    expect(bench.reports.length).toBe(before);
  });
});

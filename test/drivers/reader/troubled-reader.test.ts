import { describe, expect, it } from 'vitest';
import { CARD, readerBench } from './reader-bench.ts';

describe('a reader that is asked for a card and says neither yes nor no', () => {
  it.each(['status 10', 'status 24', 'status 41', 'silence', 'bad-checksum', 'cut-after 7'])(
    'once, by %s, changes nothing about the card that lies there',
    async (how) => {
      const bench = readerBench();
      await bench.ready();
      bench.simulator.insert(CARD);
      await bench.until('card.laid');
      bench.misbehave(`on find 2: ${how}`);
      await bench.timers.advance(9000);
      expect(bench.cards()).toEqual(['removed', 'laid']);
      expect(bench.states()).toEqual(['connecting', 'ready']);
    },
  );

  it('is reset when it names an error that it does not know', async () => {
    const heard: string[] = [];
    const bench = readerBench();
    await bench.ready();
    const { receive } = bench.simulator;
    bench.simulator.receive = (bytes) => {
      heard.push(Buffer.from(bytes.subarray(7, 9)).toString('hex'));
      receive(bytes);
    };
    bench.misbehave('on find: status 24');
    await bench.timers.until(() => heard.length === 4);
    expect(heard).toEqual(['2001', '10ff', '2001', '2001']);
  });

  it.each([
    ['status 21', 'SW3 21 接收业务终端的命令错误, unknown command'],
    ['status 24', 'SW3 24 无法识别的错误, unknown error'],
    ['silence', 'no answer to find'],
    ['bad-checksum', 'the answer to find was damaged'],
  ])('again and again, by %s, is out of service and says why', async (how, detail) => {
    const bench = readerBench();
    await bench.ready();
    bench.misbehave(`on every find: ${how}`);
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'out-of-service', detail });
    bench.misbehave('');
    await bench.until('device');
    expect(bench.last('device')).toMatchObject({ state: 'ready' });
    bench.reader.handle({ type: 'reader.read' });
    bench.simulator.insert(CARD);
    await bench.until('card.read');
  });
});

describe('a module that is well but for finding cards', () => {
  it.each(['status 24', 'status 23', 'silence', 'unplug-at 0 200'])(
    'by %s, is never told to be ready until it has found a card or none',
    async (how) => {
      const bench = readerBench();
      bench.misbehave(`on every find: ${how}`);
      await bench.timers.advance(600_000);
      expect(bench.states()).not.toContain('ready');
      expect(bench.cards()).toEqual([]);
      bench.misbehave('');
      await bench.until('card.removed');
      expect(bench.states().at(-1)).toBe('ready');
    },
  );

  it('stays out of service all day once it was ready', async () => {
    const bench = readerBench();
    await bench.ready();
    bench.misbehave('on every find: status 24');
    await bench.timers.advance(600_000);
    expect([...new Set(bench.states())]).toEqual(['connecting', 'ready', 'out-of-service']);
    expect(bench.states().filter((state) => state === 'ready')).toHaveLength(1);
  });
});

describe('what the citizen is told when a card is read', () => {
  it.each([
    ['on every select: status 81', 'lift-and-replace'],
    ['on every select: status 40', 'wrong-card'],
    ['on every read: status 41', 'lift-and-replace'],
    ['on every read: status 47', 'lift-and-replace'],
    ['on every read: status 31', 'out-of-service'],
    ['on every read: status 32', 'refused'],
    ['on every read: status 33', 'refused'],
    ['on every read: status 10', 'unreadable'],
    ['on every read: status 11', 'unreadable'],
    ['on every read: status 21', 'out-of-service'],
    ['on every read: status 23', 'out-of-service'],
    ['on every read: status 24', 'unreadable'],
    ['on every read: status 60', 'out-of-service'],
    ['on every read: status 66', 'out-of-service'],
    ['on every read: status ee', 'unreadable'],
  ])('%s: %s, and after it is lifted and all is well the next card is read', async (how, fault) => {
    const bench = readerBench();
    await bench.ready();
    bench.reader.handle({ type: 'reader.read' });
    bench.misbehave(how);
    bench.simulator.insert(CARD);
    await bench.until('card.fault');
    expect(bench.last('card.fault')).toMatchObject({ fault, status: Number.parseInt(how.slice(-2), 16) });
    bench.misbehave('');
    bench.simulator.lift();
    await bench.timers.advance(8000);
    expect(bench.cards().filter((each) => each.startsWith('fault'))).toEqual([`fault ${fault}`]);
    bench.simulator.insert(CARD);
    await bench.until('card.read');
    expect(bench.connections()).toBe(1);
  });
});

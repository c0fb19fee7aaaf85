import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '#contract/channel.ts';
import { CallError, connect, serve } from '#contract/rpc.ts';
import { type ChromiumCarrier, startChromiumCarrier } from './chromium-channel.ts';
import { ELECTRON_ORIGIN, electronIpcPair } from './electron-ipc-pair.ts';
import { memoryChannelPair } from './memory-channel.ts';

const METHODS = {
  double: {
    input: v.strictObject({ value: v.pipe(v.number(), v.integer(), v.maxValue(1000)) }),
    output: v.strictObject({ value: v.number() }),
  },
  fail: { input: v.strictObject({}), output: v.strictObject({}) },
} as const;
const PUSHES = { tick: v.strictObject({ n: v.number(), text: v.string() }) } as const;

interface Pair {
  readonly station: Channel;
  readonly page: Channel;
}

let chromium: ChromiumCarrier;
beforeAll(async () => {
  chromium = await startChromiumCarrier();
});
afterAll(() => chromium.close());

const CARRIERS: Readonly<Record<string, () => Promise<Pair>>> = {
  'the in-memory pair': async () => {
    const [station, page] = memoryChannelPair();
    return { station, page };
  },
  'Electron IPC': async () => electronIpcPair(),
  'the Chromium host': async () => {
    await chromium.host.renew();
    const station = chromium.channels.at(-1);
    if (!station) throw new Error('no channel was opened');
    return { station, page: chromium.pageEnd() };
  },
};

function serveOn(station: Channel) {
  const unreadable: number[] = [];
  const exceptions: unknown[] = [];
  const server = serve({
    channel: station,
    methods: METHODS,
    pushes: PUSHES,
    largestMessage: 10_000,
    handlers: {
      double: ({ value }) => ({ value: value * 2 }),
      fail: () => {
        throw new Error('a bug with 张三 in its text');
      },
    },
    onException: (error) => {
      exceptions.push(error);
      return 'E-1';
    },
    onUnreadable: (length) => unreadable.push(length),
  });
  return { server, unreadable, exceptions };
}

async function faultOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    (value) => value,
    (error: unknown) => error,
  );
  return outcome instanceof CallError ? outcome.fault : outcome;
}

describe.each(Object.keys(CARRIERS))('the contract over %s', (name) => {
  const open = CARRIERS[name] ?? (() => Promise.reject(new Error('no such carrier')));

  it('answers calls, each with its own answer', async () => {
    const { station, page } = await open();
    serveOn(station);
    const client = connect({ channel: page, methods: METHODS, pushes: PUSHES });
    const answers = await Promise.all([1, 2, 3].map((value) => client.call('double', { value })));
    expect(answers).toEqual([{ value: 2 }, { value: 4 }, { value: 6 }]);
  });

  it('pushes in order, with any text', async () => {
    const { station, page } = await open();
    const { server } = serveOn(station);
    const client = connect({ channel: page, methods: METHODS, pushes: PUSHES });
    const texts = ['一', '𠮷 \u2028 "quote" \\', '<script>', '·'];
    const heard = new Promise<string[]>((resolve) => {
      const got: string[] = [];
      client.on('tick', ({ text }) => {
        got.push(text);
        if (got.length === texts.length) resolve(got);
      });
    });
    await client.call('double', { value: 0 });
    for (const [n, text] of texts.entries()) server.push('tick', { n, text });
    expect(await heard).toEqual(texts);
  });

  it('refuses an unknown method and names the place of bad input without quoting it', async () => {
    const { station, page } = await open();
    serveOn(station);
    const client = connect({
      channel: page,
      methods: { ...METHODS, constructor: METHODS.fail, other: METHODS.fail },
      pushes: PUSHES,
    });
    expect(await faultOf(client.call('other', {}))).toEqual({ reason: 'unknown-method' });
    expect(await faultOf(client.call('constructor', {}))).toEqual({ reason: 'unknown-method' });
    expect(await faultOf(client.call('double', { value: 1.5 }))).toEqual({
      reason: 'bad-input',
      where: 'value',
    });
    expect(await faultOf(client.call('double', { value: 1, extra: 'secret' } as never))).toEqual({
      reason: 'bad-input',
      where: 'extra',
    });
  });

  it('turns an exception into an id and tells the page nothing else', async () => {
    const { station, page } = await open();
    const { exceptions } = serveOn(station);
    const client = connect({ channel: page, methods: METHODS, pushes: PUSHES });
    expect(await faultOf(client.call('fail', {}))).toEqual({ reason: 'failed', id: 'E-1' });
    expect(exceptions).toHaveLength(1);
  });

  it('survives what is not of this protocol, and counts it', async () => {
    const { station, page } = await open();
    const { unreadable } = serveOn(station);
    const client = connect({ channel: page, methods: METHODS, pushes: PUSHES });
    page.send('not json');
    page.send('{"kind":"value","id":1,"value":2}');
    page.send(
      JSON.stringify({ kind: 'call', id: 9, method: 'double', input: { value: 1 }, pad: 'x'.repeat(20_000) }),
    );
    expect(await client.call('double', { value: 4 })).toEqual({ value: 8 });
    expect(unreadable).toHaveLength(3);
  });

  it('tells the station when the page is gone, and sending then does nothing', async () => {
    const { station, page } = await open();
    const closed = new Promise<void>((resolve) => station.onClose(resolve));
    page.close();
    await closed;
    expect(() => station.send('anyone?')).not.toThrow();
  });
});

describe('Electron IPC', () => {
  it.each([
    [
      'another window',
      { sender: { id: 2 }, senderFrame: { url: `${ELECTRON_ORIGIN}/citizen/index.html`, parent: null } },
    ],
    [
      'a frame inside the page',
      { sender: { id: 1 }, senderFrame: { url: `${ELECTRON_ORIGIN}/x.html`, parent: {} } },
    ],
    [
      'a page of another origin',
      { sender: { id: 1 }, senderFrame: { url: 'https://elsewhere.invalid/', parent: null } },
    ],
    ['a frame that is already gone', { sender: { id: 1 }, senderFrame: null }],
  ])('does not hear %s', async (_who, event) => {
    const { station, sendAs, page } = electronIpcPair();
    const heard: string[] = [];
    station.onMessage((message) => heard.push(message));
    sendAs(event, 'forged');
    page.send('genuine');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual(['genuine']);
  });
});

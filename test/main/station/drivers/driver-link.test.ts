import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type DriverCommand,
  type DriverReport,
  DriverReportSchema,
  NO_HEALTH,
} from '#contract/driver-messages.ts';
import { createDriverLink } from '#station/drivers/driver-link.ts';
import type { ChildProcess, ProcessHost } from '#station/ports.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { READER as BENCH_READER } from '../../../drivers/reader/reader-bench.ts';

const READER = { ...BENCH_READER, simulated: true };

const READING: DriverReport = {
  type: 'card.read',
  text: new Uint8Array(256),
  photo: new Uint8Array(1024),
  fingerprints: null,
  samId: '99.01-1-1-1',
  simulated: true,
  tookMs: 400,
};

interface FakeChild {
  readonly received: DriverCommand[];
  readonly process: ChildProcess;
  alive: boolean;
  /** A child that hangs: alive, and deaf. */
  deaf: boolean;
  /** A child that the system cannot end. */
  undead: boolean;
  /** Resident memory, bytes. */
  memory: number;
  say(message: unknown): void;
  exit(code: number | null): void;
}

/** A process host whose children answer pings and end when they are told to. */
function fakeHost() {
  const children: FakeChild[] = [];
  const host: ProcessHost = {
    start() {
      let onMessage: (message: unknown) => void = () => {};
      const onExit: ((code: number | null) => void)[] = [];
      const child: FakeChild = {
        received: [],
        alive: true,
        deaf: false,
        undead: false,
        memory: 50_000_000,
        say: (message) => onMessage(structuredClone(message)),
        exit(code) {
          if (!child.alive) return;
          child.alive = false;
          for (const listener of onExit) listener(code);
        },
        process: {
          pid: children.length + 1,
          post(message) {
            const command = structuredClone(message) as DriverCommand;
            child.received.push(command);
            if (child.deaf) return;
            queueMicrotask(() => {
              if (!child.alive) return;
              if (command.type === 'ping')
                child.say({ type: 'pong', nonce: command.nonce, memory: child.memory });
              if (command.type === 'stop') child.exit(0);
            });
          },
          onMessage(listener) {
            onMessage = listener;
          },
          onExit(listener) {
            onExit.push(listener);
          },
          kill: () => queueMicrotask(() => child.undead || child.exit(null)),
        },
      };
      children.push(child);
      return child.process;
    },
  };
  return { host, children };
}

function linkBench() {
  const timers = manualTimers();
  const { host, children } = fakeHost();
  const warnings: string[] = [];
  const link = createDriverLink({
    processHost: host,
    devices: [READER],
    timers,
    log: { info: () => {}, warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`) },
  });
  const reports: DriverReport[] = [];
  link.onReport((report) => reports.push(report));
  const child = () => {
    const last = children.at(-1);
    if (!last) throw new Error('no child was started');
    return last;
  };
  return { timers, children, child, link, reports, warnings };
}

const PRINT: DriverCommand = {
  type: 'printer.print',
  request: 7,
  document: { kind: 'receipt', lines: [{ kind: 'rule' }] },
};

const CONNECTION = READER.connection;
const QUESTIONS: readonly DriverCommand[] = [
  PRINT,
  { type: 'devices.list', request: 8 },
  { type: 'device.identify', request: 9, connection: CONNECTION },
  { type: 'device.try', request: 10, device: READER, card: false },
  { type: 'recording.start', role: 'reader', file: '/tmp/recording' },
  { type: 'recording.replay', request: 11, file: '/tmp/recording' },
  { type: 'recording.try', request: 12, file: '/tmp/recording' },
];

const commands = (child: FakeChild) =>
  child.received.map(({ type }) => type).filter((type) => type !== 'ping');
const READY: DriverReport = {
  type: 'device',
  role: 'reader',
  state: 'ready',
  model: 'Bench reader',
  samId: '99.01-1-1-1',
  simulated: true,
  detail: null,
  health: NO_HEALTH,
};

describe('the station’s link to its drivers', () => {
  it('configures a fresh child and knows what it tells of its devices', () => {
    const { child, link } = linkBench();
    expect(child().received[0]).toEqual({ type: 'configure', devices: [READER] });
    expect(link.device('reader')).toMatchObject({ state: 'connecting' });
    expect(link.device('scanner')).toBeNull();
    child().say(READY);
    expect(link.device('reader')).toEqual(READY);
  });

  it('takes newer counts of a device for what they are: its state stays as it was told', () => {
    const { child, link } = linkBench();
    child().say(READY);
    const health = { ...NO_HEALTH, frames: 12 };
    child().say({ type: 'health', role: 'reader', health });
    child().say({ type: 'health', role: 'lamp', health });
    expect(link.device('reader')).toEqual({ ...READY, health });
    expect(link.device('lamp')).toBeNull();
  });

  it('passes reports on, and stops when it is asked to', () => {
    const { child, link, reports } = linkBench();
    const heard: string[] = [];
    const end = link.onReport(({ type }) => heard.push(type));
    child().say({ type: 'card.laid' });
    end();
    child().say({ type: 'card.removed' });
    expect(heard).toEqual(['card.laid']);
    expect(reports).toEqual([{ type: 'card.laid' }, { type: 'card.removed' }]);
  });

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['an unknown type', { type: 'card.stolen' }],
    ['a reading that is too short', { ...READING, text: new Uint8Array(255) }],
    [
      'a trial that asks for what no one knows',
      {
        ...{ type: 'trial.progress', request: 1 },
        progress: { kind: 'prompt', prompt: { ask: 'pay', seconds: 15 } },
      },
    ],
    ['one field more', { type: 'card.laid', name: '张三' }],
  ])('drops a report that is %s, and logs no content', (_, message) => {
    const { child, reports, warnings } = linkBench();
    child().say(message);
    expect(reports).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain('张三');
  });

  it('refuses a command that fits no schema, or that is its own business', () => {
    const { link } = linkBench();
    expect(() =>
      link.send({
        type: 'configure',
        devices: [{ ...READER, connection: { ...READER.connection, path: 'COM1' } }],
      }),
    ).toThrow('devices.0.connection.path');
    expect(() => link.send({ type: 'stop' })).toThrow('link');
  });

  it('starts a crashed child again and says again what was wanted', async () => {
    const { child, children, link, reports, timers, warnings } = linkBench();
    child().say(READY);
    link.send({ type: 'reader.read' });
    link.send({ type: 'scanner.start' });
    child().exit(139);
    expect(reports.at(-1)).toMatchObject({ type: 'device', state: 'connecting', samId: null });
    await timers.advance(600);
    expect(children).toHaveLength(2);
    expect(commands(child())).toEqual(['configure', 'reader.read', 'scanner.start']);
    expect(warnings.at(-1)).toContain('139');
  });

  it('does not ask for a reading again that has been made', async () => {
    const { child, link, timers } = linkBench();
    link.send({ type: 'reader.read' });
    child().say(READING);
    child().exit(1);
    await timers.advance(600);
    expect(commands(child())).toEqual(['configure', 'reader.watch', 'scanner.stop']);
  });

  it('waits longer after each crash, and no longer when a child has lived for a while', async () => {
    const { child, children, timers } = linkBench();
    const pauses: number[] = [];
    for (let crash = 0; crash < 6; crash += 1) {
      const before = timers.monotonic();
      const count = children.length;
      child().exit(1);
      await timers.until(() => children.length > count);
      pauses.push(timers.monotonic() - before);
    }
    expect(pauses).toEqual([500, 1000, 2000, 5000, 5000, 5000]);
    await timers.advance(31_000);
    const before = timers.monotonic();
    child().exit(1);
    await timers.until(() => children.length === 8);
    expect(timers.monotonic() - before).toBe(500);
  });

  it('kills a child that hangs within six seconds, and starts another', async () => {
    const { child, children, timers, warnings, reports } = linkBench();
    const hanging = child();
    await timers.advance(60_000);
    expect(children).toHaveLength(1);
    child().say(READY);
    hanging.deaf = true;
    const hung = timers.monotonic();
    await timers.until(() => !hanging.alive);
    expect(timers.monotonic() - hung).toBeLessThanOrEqual(6000);
    expect(reports.at(-1)).toMatchObject({ type: 'device', state: 'connecting' });
    await timers.until(() => children.length === 2);
    expect(timers.monotonic() - hung).toBeLessThanOrEqual(6600);
    expect(warnings[0]).toContain('do not answer');
  });

  it('kills a child as soon that hangs after its first words, before it ever answered', async () => {
    const { child, timers } = linkBench();
    const hanging = child();
    hanging.deaf = true;
    hanging.say(READY);
    await timers.until(() => !hanging.alive);
    expect(timers.monotonic()).toBeLessThanOrEqual(6000);
  });

  it('gives a child more time to answer for the first time, on a busy machine', async () => {
    const { child, children, timers } = linkBench();
    child().deaf = true;
    await timers.advance(12_000);
    child().deaf = false;
    await timers.advance(60_000);
    expect([children.length, child().alive]).toEqual([1, true]);
  });

  it('leaves a child behind that even the system cannot end', async () => {
    const { child, children, timers, link, reports } = linkBench();
    await timers.advance(5000);
    const stuck = child();
    Object.assign(stuck, { deaf: true, undead: true });
    await timers.until(() => children.length === 2);
    expect(stuck.alive).toBe(true);
    const before = reports.length;
    stuck.say(READING);
    expect(reports.length).toBe(before);
    Object.assign(child(), { deaf: true, undead: true });
    let stopped = false;
    void link.stop().then(() => {
      stopped = true;
    });
    await timers.until(() => stopped);
  });

  it('starts afresh between two citizens: one ends before the next begins, and nothing is wanted any more', async () => {
    const { child, children, link, timers } = linkBench();
    link.send({ type: 'reader.read' });
    const old = child();
    old.deaf = true;
    link.renew();
    link.renew();
    await timers.advance(1000);
    expect(children).toHaveLength(1);
    expect(link.device('reader')).toMatchObject({ state: 'connecting' });
    await timers.advance(1500);
    expect(old.alive).toBe(false);
    expect(children).toHaveLength(2);
    expect(commands(child())).toEqual(['configure', 'reader.watch', 'scanner.stop']);
  });

  it('says what the lamp shows again, after a crash and after a renewal', async () => {
    const { child, link, timers } = linkBench();
    link.send({ type: 'lamp.show', sign: 'call-staff' });
    child().exit(1);
    await timers.advance(600);
    expect(child().received).toContainEqual({ type: 'lamp.show', sign: 'call-staff' });
    link.renew();
    await timers.advance(10);
    expect(child().received).toContainEqual({ type: 'lamp.show', sign: 'call-staff' });
  });

  it('tells what becomes of a print and a recording when their child ends', async () => {
    const { child, link, reports, timers } = linkBench();
    link.send(PRINT);
    child().say({ type: 'recording', role: 'reader', state: 'running', detail: null });
    child().exit(139);
    expect(reports.slice(-3)).toEqual([
      { type: 'printed', request: 7, fault: 'unknown' },
      { type: 'recording', role: 'reader', state: 'ended', detail: expect.any(String) },
      expect.objectContaining({ type: 'device', state: 'connecting' }),
    ]);
    link.send(PRINT);
    await timers.advance(10);
    expect(reports.at(-1)).toEqual({ type: 'printed', request: 7, fault: 'offline' });
    await timers.advance(600);
    child().exit(1);
    expect(reports.filter(({ type }) => type === 'printed')).toHaveLength(2);
  });

  it('hears nothing from a child that it has given up', async () => {
    const { child, link, reports, timers } = linkBench();
    const old = child();
    old.deaf = true;
    link.renew();
    const before = reports.length;
    old.say(READING);
    await timers.advance(10);
    expect(reports.length).toBe(before);
  });

  it('stops for good', async () => {
    const { child, children, link, timers } = linkBench();
    await link.stop();
    expect(child().alive).toBe(false);
    await timers.advance(60_000);
    expect(children).toHaveLength(1);
  });
});

describe('a child that grows', () => {
  const BOUND = 400_000_000;

  it('is renewed at once while nobody waits for a device, and it is logged', async () => {
    const { child, children, timers, warnings, reports } = linkBench();
    await timers.advance(60_000);
    child().memory = BOUND + 1;
    const old = child();
    await timers.advance(1000);
    expect(old.alive).toBe(false);
    expect(old.received.at(-1)).toEqual({ type: 'stop' });
    expect(warnings.at(-1)).toContain(`${BOUND + 1}`);
    expect(reports.at(-1)).toMatchObject({ type: 'device', state: 'connecting' });
    await timers.advance(600);
    expect(children).toHaveLength(2);
    expect(commands(child())).toEqual(['configure', 'reader.watch', 'scanner.stop']);
  });

  it('may hold as much as the bound', async () => {
    const { child, children, timers } = linkBench();
    child().memory = BOUND;
    await timers.advance(60_000);
    expect(children).toHaveLength(1);
  });

  it.each<[string, DriverCommand, DriverReport | DriverCommand]>([
    ['a card is waited for, until it was read', { type: 'reader.read' }, READING],
    [
      'a card is waited for, until nobody wants it any more',
      { type: 'reader.read' },
      { type: 'reader.watch' },
    ],
    [
      'a code is waited for, until nobody wants it any more',
      { type: 'scanner.start' },
      { type: 'scanner.stop' },
    ],
    ['paper is printed, until it is out', PRINT, { type: 'printed', request: 7, fault: null }],
  ])('is left alone while %s', async (_, begin, end) => {
    const { child, children, link, timers } = linkBench();
    link.send(begin);
    child().memory = BOUND + 1;
    await timers.advance(30_000);
    expect(children).toHaveLength(1);
    if (end.type === 'reader.watch' || end.type === 'scanner.stop') link.send(end);
    else child().say(end);
    await timers.advance(600);
    expect(children).toHaveLength(2);
  });

  it('is renewed even then when it has grown to twice the bound, and goes on with what was wanted', async () => {
    const { child, children, link, timers } = linkBench();
    link.send({ type: 'reader.read' });
    child().memory = 2 * BOUND + 1;
    await timers.advance(1600);
    expect(children).toHaveLength(2);
    expect(commands(child())).toEqual(['configure', 'reader.read', 'scanner.stop']);
  });

  it('and grows again and again costs a longer pause each time', async () => {
    const { children, timers } = linkBench();
    const starts: number[] = [];
    for (let child = 1; child <= 5; child += 1) {
      await timers.until(() => children.length === child);
      starts.push(timers.monotonic());
      const last = children.at(-1);
      if (last) last.memory = 3 * BOUND;
    }
    const between = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    // A second until the first pong, then the pause.
    expect(between).toEqual([1500, 2000, 3000, 6000]);
  });

  it('is replaced by one child only, when the station renews it in the same moment', async () => {
    const { child, children, link, timers } = linkBench();
    await timers.advance(2000);
    child().memory = BOUND + 1;
    await timers.advance(1000);
    link.renew();
    link.renew();
    await timers.advance(20_000);
    expect(children.filter(({ alive }) => alive)).toHaveLength(1);
    expect(children).toHaveLength(2);
  });
});

describe('a question while the drivers are away', () => {
  it.each(QUESTIONS.map((question) => [question.type, question] as const))(
    '%s is answered at once',
    async (_type, question) => {
      const { timers, child, link, reports } = linkBench();
      child().exit(1);
      const before = reports.length;
      link.send(question);
      expect(reports).toHaveLength(before);
      await timers.advance(1);
      const answers = reports.slice(before);
      expect(answers).toHaveLength(1);
      expect(v.safeParse(DriverReportSchema, answers[0]).success).toBe(true);
      expect(answers[0]).toMatchObject(
        'request' in question ? { request: question.request } : { state: 'failed' },
      );
    },
  );
});

import { describe, expect, it } from 'vitest';
import { type DriverCommand, type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
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
              if (command.type === 'ping') child.say({ type: 'pong', nonce: command.nonce, memory: 50_000_000 });
              if (command.type === 'stop') child.exit(0);
            });
          },
          onMessage(listener) {
            onMessage = listener;
          },
          onExit(listener) {
            onExit.push(listener);
          },
          kill: () => queueMicrotask(() => child.exit(null)),
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

  it('kills a child that hangs, and starts another', async () => {
    const { child, children, timers, warnings } = linkBench();
    const hanging = child();
    await timers.advance(60_000);
    expect(children).toHaveLength(1);
    hanging.deaf = true;
    await timers.advance(10_000);
    expect(hanging.alive).toBe(false);
    expect(children).toHaveLength(2);
    expect(warnings[0]).toContain('do not answer');
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

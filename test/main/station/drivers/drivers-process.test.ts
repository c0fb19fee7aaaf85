import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import type { Simulators } from '#drivers/simulator/start-simulators.ts';
import { startSimulators } from '#drivers/simulator/start-simulators.ts';
import { systemTimers } from '#drivers/timers.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';
import { createDriverLink } from '#station/drivers/driver-link.ts';
import type { ProcessHost } from '#station/ports.ts';
import { eventually } from '../../../drivers/eventually.ts';

const ENTRY = fileURLToPath(new URL('../../../../src/drivers/main.ts', import.meta.url));
const people = loadPeople(new URL('../../../../resources/demo/people.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'drivers-process-'));
const pids: number[] = [];

const host: ProcessHost = {
  start() {
    const child = fork(ENTRY, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    if (child.pid !== undefined) pids.push(child.pid);
    return {
      pid: child.pid,
      post: (message) => {
        if (child.connected) child.send(message as object, () => {});
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        child.on('exit', listener);
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  },
};

let simulators: Simulators;
let link: DriverLink;
let reports: DriverReport[] = [];

beforeAll(async () => {
  simulators = await startSimulators({
    folder,
    people,
    latency: { find: 10, select: 10, read: 2500, other: 5 },
  });
  link = createDriverLink({
    processHost: host,
    devices: simulators.list,
    timers: systemTimers,
    log: { info: () => {}, warn: () => {} },
  });
  link.onReport((report) => reports.push(report));
  await devicesReady();
});
afterAll(async () => {
  await link.stop();
  await simulators.stop();
  rmSync(folder, { recursive: true });
});

const devicesReady = () =>
  eventually(() => {
    expect(link.device('reader')?.state).toBe('ready');
    expect(link.device('scanner')?.state).toBe('ready');
  });
const told = (type: DriverReport['type']) =>
  eventually(() => {
    const report = reports.findLast((each) => each.type === type);
    expect(report, `a ${type} report`).toBeDefined();
    return report;
  });
const gone = (pid: number | undefined) =>
  eventually(() => expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH'));

describe('the drivers in a process of their own', () => {
  it('bring a card’s bytes and a code’s text to the station', async () => {
    reports = [];
    link.send({ type: 'reader.read' });
    link.send({ type: 'scanner.start' });
    await simulators.dock.insertCard({ person: 'mei' });
    await simulators.dock.showCode({ text: 'EIDP1:例' });
    const read = await told('card.read');
    expect(read).toMatchObject({ simulated: true, samId: '99.01-20260101-0000000001-0000000001' });
    expect(read?.type === 'card.read' && [read.text.length, read.photo.length]).toEqual([256, 1024]);
    expect(await told('scan')).toEqual({ type: 'scan', text: 'EIDP1:例', simulated: true });
    await simulators.dock.liftCard({});
    await told('card.removed');
  });

  it('are killed in the middle of a reading: the link recovers and the card is read', async () => {
    reports = [];
    link.send({ type: 'reader.read' });
    const before = simulators.readings();
    await simulators.dock.insertCard({ person: 'lin' });
    await eventually(() => expect(simulators.readings()).toBe(before + 1));
    const victim = pids.at(-1);
    process.kill(victim ?? 0, 'SIGKILL');
    await eventually(() => expect(link.device('reader')?.state).toBe('connecting'));
    // The reader has finished the reading that nobody heard, so that the card has to be lifted once.
    await eventually(() =>
      expect(reports.at(-1)).toMatchObject({ type: 'card.fault', fault: 'lift-and-replace' }),
    );
    expect(reports.some(({ type }) => type === 'card.read')).toBe(false);
    await simulators.dock.liftCard({});
    await told('card.removed');
    await simulators.dock.insertCard({ person: 'lin' });
    await told('card.read');
    expect(pids.at(-1)).not.toBe(victim);
  });

  it('are renewed, see the card that was left behind, and do not read it again', async () => {
    const old = pids.at(-1);
    reports = [];
    link.renew();
    await gone(old);
    await devicesReady();
    await told('card.laid');
    await simulators.dock.liftCard({});
    await told('card.removed');
    expect(reports.some(({ type }) => type === 'card.read')).toBe(false);
  });

  it('end when the station stops them', async () => {
    const pid = pids.at(-1);
    await link.stop();
    await gone(pid);
  });

  it('end when the station is gone without a word', async () => {
    const child = fork(ENTRY, [], { serialization: 'advanced' });
    await new Promise<void>((resolve) => {
      child.once('message', () => resolve());
      child.send({ type: 'ping', nonce: 1 });
    });
    child.disconnect();
    await gone(child.pid);
  });

  it('refuse what is no command, and live on', async () => {
    const child = fork(ENTRY, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    for (const message of [
      7,
      'stop',
      { type: 'explode' },
      { type: 'configure', devices: [{ role: 'reader' }] },
    ]) {
      child.send(message);
    }
    const pong = new Promise((resolve) => child.once('message', resolve));
    child.send({ type: 'ping', nonce: 2 });
    expect(await pong).toEqual({ type: 'pong', nonce: 2, memory: expect.any(Number) });
    await eventually(() => expect(complaints.split('\n').filter(Boolean)).toHaveLength(4));
    child.disconnect();
    await gone(child.pid);
  });
});

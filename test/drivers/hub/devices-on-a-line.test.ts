import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { DeviceHub } from '#drivers/hub/device-hub.ts';
import { createDeviceHub } from '#drivers/hub/device-hub.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { unconnectable } from '#drivers/hub/unconnectable.ts';
import type { SdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { eventually } from '../eventually.ts';
import { CARD } from '../reader/reader-bench.ts';
import { script } from '../simulator/script.ts';

/** Slow enough that there is time to pull a plug while the photo goes over the line. */
const BAUD_RATE = 19200;
const folder = mkdtempSync(join(tmpdir(), 'devices-'));
let device: SimulatedDevice;
let simulator: SdtReaderSimulator;
let hub: DeviceHub;
let reports: DriverReport[];
let sentByReader = 0;

beforeAll(async () => {
  device = await createSimulatedDevice({
    path: join(folder, 'reader'),
    baudRate: BAUD_RATE,
    receive: (bytes) => simulator.receive(bytes),
  });
});
afterAll(async () => {
  await device.unplug();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await device.plug();
  sentByReader = 0;
  simulator = createSdtReaderSimulator({
    baudRate: BAUD_RATE,
    timers: systemTimers,
    latency: { find: 5, select: 5, read: 50, other: 5 },
    send(bytes) {
      sentByReader += bytes.length;
      device.send(bytes);
    },
  });
  reports = [];
  hub = createDeviceHub({
    connectorFor: (configured) =>
      'connection' in configured ? systemConnector(configured.connection) : unconnectable(configured),
    timers: systemTimers,
    report: (report) => {
      reports.push(report);
    },
  });
  hub.handle({
    type: 'configure',
    devices: [
      {
        role: 'reader',
        model: 'Reader on a line',
        simulated: false,
        protocol: 'sdt',
        connection: { transport: 'serial', path: device.path, baudRate: BAUD_RATE },
        pollInterval: 50,
        settleTime: 300,
        thinkingTimes: {},
        quirks: { readsFingerprints: false, presence: 'newest-address' },
      },
    ],
  });
  await told('card.removed');
});
afterEach(() => hub.stop());

function told<T extends DriverReport['type']>(
  type: T,
  fits: (report: Extract<DriverReport, { type: T }>) => boolean = () => true,
) {
  return eventually(() => {
    const report = reports.findLast((each): each is Extract<DriverReport, { type: T }> => each.type === type);
    expect(report !== undefined && fits(report), `a fitting ${type} report`).toBe(true);
    return report;
  });
}
const cards = () =>
  reports
    .filter(({ type }) => type.startsWith('card.'))
    .map((report) => (report.type === 'card.fault' ? report.fault : report.type));

describe('a reader on a serial line', () => {
  it('reads a whole card', async () => {
    hub.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    const read = await told('card.read');
    expect(read).toMatchObject({ text: CARD.text, photo: CARD.photo, simulated: true });
    simulator.lift();
    await told('card.removed', () => cards().at(-1) === 'card.removed');
    expect(cards()).toEqual(['card.removed', 'card.laid', 'card.read', 'card.removed']);
  });

  it('is unplugged in the middle of the photo: told, and read anew when it is back', async () => {
    hub.handle({ type: 'reader.read' });
    const before = sentByReader;
    simulator.insert(CARD);
    await eventually(() => expect(sentByReader - before).toBeGreaterThan(600));
    await device.unplug();
    await told('device', ({ state }) => state === 'absent');
    expect(cards()).not.toContain('card.read');
    simulator.insert(CARD);
    await device.plug();
    expect(await told('card.read')).toMatchObject({ photo: CARD.photo });
  });

  it('dies behind a live cable: told, and taken back when it lives again', async () => {
    simulator.play(script('on every any: silence'));
    await told(
      'device',
      ({ state, detail }) => state === 'absent' && detail === 'the reader does not answer',
    );
    simulator.play(script(''));
    await told('device', ({ state }) => state === 'ready');
    hub.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    await told('card.read');
  });

  it('has a card of another kind laid on it', async () => {
    hub.handle({ type: 'reader.read' });
    simulator.insert({ kind: 'foreign' });
    expect(await told('card.fault')).toMatchObject({ fault: 'wrong-card' });
  });

  it.each(['bad-checksum', 'cut-after 500'])('sends a damaged frame (%s)', async (fault) => {
    hub.handle({ type: 'reader.read' });
    simulator.play(script(`on read: ${fault}`));
    simulator.insert(CARD);
    expect(await told('card.fault')).toMatchObject({ fault: 'lift-and-replace' });
    simulator.lift();
    await told('card.removed', () => cards().at(-1) === 'card.removed');
    simulator.insert(CARD);
    await told('card.read');
  });

  it('answers after its time is up: no answer is taken for another command’s', async () => {
    hub.handle({ type: 'reader.read' });
    // The next answer, to a look for a card, comes after that look was given up.
    simulator.play(script('on find: delay 1600'));
    simulator.insert(CARD);
    const read = await told('card.read');
    expect(read).toMatchObject({ text: CARD.text, photo: CARD.photo });
    expect(cards()).toEqual(['card.removed', 'card.laid', 'card.read']);
    expect(reports.filter(({ type }) => type === 'device')).toHaveLength(2);
  });
});

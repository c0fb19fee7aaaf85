import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Connection } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDriver } from '#drivers/hub/create-driver.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { scriptedFaults } from '#drivers/simulator/fault-run.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { createTcpDevice } from '#drivers/simulator/tcp-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { eventually } from '../eventually.ts';
import { CARD, READER } from '../reader/reader-bench.ts';
import { script } from '../simulator/script.ts';

const folder = mkdtempSync(join(tmpdir(), 'real-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Receive = (bytes: Uint8Array) => void;
const LINES = {
  async 'a pair of pseudo-terminals'(receive: Receive) {
    const path = join(folder, 'reader');
    const device = await createSimulatedDevice({ path, baudRate: 115200, receive });
    return { device, connection: { transport: 'serial', path, baudRate: 115200 } as const };
  },
  async 'a TCP connection'(receive: Receive) {
    const device = await createTcpDevice({ receive });
    const { host, port } = device;
    return { device, connection: { transport: 'tcp', host, port } as const };
  },
} satisfies Record<
  string,
  (receive: Receive) => Promise<{ device: SimulatedDevice; connection: Connection }>
>;

/** A reader on a real line, with a clock that nobody moves. */
async function plugIn(line: keyof typeof LINES) {
  const reports: DriverReport[] = [];
  const faults = scriptedFaults();
  const { device, connection } = await LINES[line]((bytes) => simulator.receive(bytes));
  const cable = {
    unplug: () => void device.unplug(),
    plug: () => void device.plug(),
  };
  const simulator = createSdtReaderSimulator({
    baudRate: 115200,
    timers: systemTimers,
    latency: { find: 5, select: 5, read: 20, other: 2 },
    faults,
    cable,
    send: (bytes) => device.send(bytes),
  });
  const driver = createDriver(
    { ...READER, connection, pollInterval: 50, settleTime: 20 },
    {
      connector: systemConnector(connection),
      timers: systemTimers,
      report: (report) => reports.push(report),
    },
  );
  onTestFinished(async () => {
    await driver.stop();
    await device.unplug();
  });
  const told = (what: string) =>
    eventually(() => {
      const names = reports.map((report) => {
        if (report.type === 'device') return report.state;
        return report.type === 'card.fault' ? report.fault : report.type;
      });
      expect(names).toContain(what);
      return reports;
    });
  await told('card.removed');
  reports.length = 0;
  driver.handle({ type: 'reader.read' });
  return { simulator, told, misbehave: (how: string) => faults.set(script(how)) };
}

describe.each(Object.keys(LINES) as (keyof typeof LINES)[])('a fault script over %s', (line) => {
  it.each(['on read: status 41', 'on read: drop-byte 0', 'on find: cut-after 6'])(
    '%s: the card is read all the same',
    async (how) => {
      const { simulator, told, misbehave } = await plugIn(line);
      misbehave(how);
      simulator.insert(CARD);
      const reading = (await told('card.read')).find((report) => report.type === 'card.read');
      expect(reading).toMatchObject({ text: CARD.text, photo: CARD.photo });
    },
  );

  it('on read: bad-checksum: lift and replace, and it is read', async () => {
    const { simulator, told, misbehave } = await plugIn(line);
    misbehave('on read: bad-checksum');
    simulator.insert(CARD);
    await told('lift-and-replace');
    simulator.lift();
    await told('card.removed');
    simulator.insert(CARD);
    // The fault was told with this visit; the next is asked for by the station as the first was.
    await told('card.read');
  });

  it('on read: unplug-at 640 500: put the card back, missing, there again, read', async () => {
    const { simulator, told, misbehave } = await plugIn(line);
    misbehave('on read: unplug-at 640 500');
    simulator.insert(CARD);
    await told('put-back');
    await told('absent');
    expect(await told('card.read')).toContainEqual(
      expect.objectContaining({ type: 'card.read', photo: CARD.photo }),
    );
  });
});

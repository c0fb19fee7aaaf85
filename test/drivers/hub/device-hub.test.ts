import { describe, expect, it } from 'vitest';
import { devicePlace, type LineScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDeviceHub } from '#drivers/hub/device-hub.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { manualTimers } from '../manual-timers.ts';
import { CARD, manualConnector, READER, READER_PATH } from '../reader/reader-bench.ts';

const SCANNER_PATH = '/dev/bench-scanner';
const SCANNER = {
  role: 'scanner',
  model: 'Bench scanner',
  simulated: false,
  protocol: 'line',
  connection: { transport: 'serial', path: SCANNER_PATH, baudRate: 9600 },
  ending: { kind: 'suffix', suffix: 'lf' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
} as const satisfies LineScannerDevice;
const FASTER_SCANNER = { ...SCANNER, connection: { ...SCANNER.connection, baudRate: 115200 } } as const;

function hubBench() {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  /** What happened to the lines, in order. */
  const lines: string[] = [];
  const devices = new Map<string, MemoryDevice>();
  const simulator = createSdtReaderSimulator({
    baudRate: 115200,
    timers,
    send: (bytes) => devices.get(READER_PATH)?.emit(bytes),
  });
  const hub = createDeviceHub({
    timers,
    connectorFor: (configured) =>
      manualConnector(() => {
        const path = devicePlace(configured);
        const { transport, device } = memoryTransport({ path });
        lines.push(`open ${path}`);
        devices.set(path, device);
        if (path === READER_PATH) device.onWrite((bytes) => simulator.receive(bytes));
        return {
          ...transport,
          close() {
            lines.push(`close ${path}`);
            return transport.close();
          },
        };
      }),
    report: (report) => reports.push(report),
  });
  return { timers, hub, reports, lines, simulator, devices };
}

describe('the hub of devices', () => {
  it('remembers what is wanted until the devices are configured', async () => {
    const { hub, timers, reports, simulator, devices } = hubBench();
    hub.handle({ type: 'reader.read' });
    hub.handle({ type: 'scanner.start' });
    simulator.insert(CARD);
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.until(() => reports.some(({ type }) => type === 'card.read'));
    devices.get(SCANNER_PATH)?.emit(new TextEncoder().encode('EIDP1:ABC\n'));
    expect(reports.at(-1)).toEqual({ type: 'scan', text: 'EIDP1:ABC', simulated: false });
  });

  it('calls a reader simulated whose module says so, whatever its settings say', async () => {
    const { hub, timers, reports, simulator } = hubBench();
    expect(READER.simulated).toBe(false);
    hub.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    hub.handle({ type: 'configure', devices: [READER] });
    await timers.until(() => reports.some(({ type }) => type === 'card.read'));
    expect(reports.find(({ type }) => type === 'card.read')).toMatchObject({ simulated: true });
    expect(reports.findLast(({ type }) => type === 'device')).toMatchObject({
      state: 'ready',
      simulated: true,
    });
  });

  it('leaves devices alone whose settings have not changed, and closes a line before it is opened anew', async () => {
    const { hub, timers, lines } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    hub.handle({ type: 'configure', devices: [READER, FASTER_SCANNER] });
    await timers.advance(2000);
    hub.handle({ type: 'configure', devices: [] });
    await timers.advance(2000);
    expect(lines).toEqual([
      `open ${READER_PATH}`,
      `open ${SCANNER_PATH}`,
      `close ${SCANNER_PATH}`,
      `open ${SCANNER_PATH}`,
      `close ${READER_PATH}`,
      `close ${SCANNER_PATH}`,
    ]);
  });

  it('asks for one card at a time: a reading that was made is not made again', async () => {
    const { hub, timers, reports, simulator } = hubBench();
    hub.handle({ type: 'configure', devices: [READER] });
    hub.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    await timers.until(() => reports.some(({ type }) => type === 'card.read'));
    simulator.lift();
    await timers.advance(2000);
    simulator.insert(CARD);
    await timers.advance(5000);
    expect(reports.filter(({ type }) => type === 'card.read')).toHaveLength(1);
  });

  it('closes everything when it stops', async () => {
    const { hub, timers, devices } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    await hub.stop();
    expect([...devices.values()].map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { type DeviceRole, devicePlace, type LineScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDeviceHub } from '#drivers/hub/device-hub.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';
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

function hubBench(options: { readonly wrap?: (role: DeviceRole, transport: Transport) => Transport } = {}) {
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
    ...options,
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

  it('lets a role rest: its line is free, the others go on, and afterwards it does what is wanted by then', async () => {
    const { hub, timers, reports, lines, devices, simulator } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.until(() => reports.some(({ type }) => type === 'card.removed'));
    await hub.pause('reader');
    expect([devices.get(READER_PATH)?.isOpen, devices.get(SCANNER_PATH)?.isOpen]).toEqual([false, true]);
    expect(reports.at(-1)).toMatchObject({
      type: 'device',
      role: 'reader',
      state: 'connecting',
      health: { connections: 1 },
    });
    const opened = lines.length;
    hub.handle({ type: 'reader.read' });
    simulator.insert(CARD);
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(10_000);
    expect(lines).toHaveLength(opened);
    hub.resume('reader');
    await timers.until(() => reports.some(({ type }) => type === 'card.read'));
    // What was counted before the rest is counted on.
    expect(reports.findLast((report) => report.type === 'device')).toMatchObject({
      state: 'ready',
      health: { connections: 2 },
    });
  });

  it('tells at once what was counted, rests and all, and keeps it for after a rest', async () => {
    const { hub, timers, reports, devices } = hubBench();
    const frames = () => {
      reports.length = 0;
      hub.handle({ type: 'devices.health' });
      return reports.map((each) => (each.type === 'health' ? [each.role, each.health.frames] : each));
    };
    hub.handle({ type: 'configure', devices: [SCANNER] });
    await timers.until(() => reports.some((each) => each.type === 'device' && each.state === 'ready'));
    expect(frames()).toEqual([['scanner', 0]]);
    devices.get(SCANNER_PATH)?.emit(new TextEncoder().encode('EIDP1:ABC\n'));
    expect(frames()).toEqual([['scanner', 1]]);
    await hub.pause('scanner');
    expect(reports.at(-1)).toMatchObject({ state: 'connecting', health: { frames: 1 } });
    expect(frames()).toEqual([]);
    hub.resume('scanner');
    await timers.until(() => reports.some((each) => each.type === 'device' && each.state === 'ready'));
    expect(frames()).toEqual([['scanner', 1]]);
  });

  it('lets a role rest until everybody who asked for it is done, and no longer', async () => {
    const { hub, timers, lines } = hubBench();
    await Promise.all([hub.pause('scanner'), hub.pause('scanner')]);
    hub.handle({ type: 'configure', devices: [SCANNER] });
    hub.resume('scanner');
    await timers.advance(2000);
    expect(lines).toEqual([]);
    hub.resume('scanner');
    hub.resume('scanner');
    await timers.advance(2000);
    await hub.pause('scanner');
    expect(lines).toEqual([`open ${SCANNER_PATH}`, `close ${SCANNER_PATH}`]);
  });

  it('puts what it is given around every connection of every role', async () => {
    const wrapped: string[] = [];
    const { hub, timers } = hubBench({
      wrap(role, transport) {
        wrapped.push(`${role} ${transport.path}`);
        return { ...transport, path: 'wrapped' };
      },
    });
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    await hub.pause('scanner');
    hub.resume('scanner');
    await timers.advance(2000);
    expect(wrapped).toEqual([`reader ${READER_PATH}`, `scanner ${SCANNER_PATH}`, `scanner ${SCANNER_PATH}`]);
  });

  it('answers for a printer that is not there', () => {
    const { hub, reports } = hubBench();
    hub.handle({
      type: 'printer.print',
      request: 3,
      document: { kind: 'receipt', lines: [{ kind: 'rule' }] },
    });
    expect(reports).toEqual([{ type: 'printed', request: 3, fault: 'no-printer' }]);
  });

  it('closes everything when it stops', async () => {
    const { hub, timers, devices } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    await hub.stop();
    expect([...devices.values()].map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });
});

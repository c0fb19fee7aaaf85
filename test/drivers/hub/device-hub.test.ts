import { describe, expect, it } from 'vitest';
import type { DeviceProfile, DriverReport } from '#contract/driver-messages.ts';
import { createDeviceHub } from '#drivers/hub/device-hub.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { manualTimers } from '../manual-timers.ts';
import { CARD, manualPathWatch, PROFILE as READER } from '../reader/reader-bench.ts';

const SCANNER: DeviceProfile = {
  role: 'scanner',
  model: 'Bench scanner',
  protocol: 'line',
  path: '/dev/bench-scanner',
  baudRate: 9600,
  suffix: 'lf',
  simulated: false,
};

function hubBench() {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  /** What happened to the lines, in order. */
  const lines: string[] = [];
  const devices = new Map<string, MemoryDevice>();
  let stops = 0;
  const simulator = createSdtReaderSimulator({
    baudRate: 115200,
    timers,
    send: (bytes) => devices.get(READER.path)?.emit(bytes),
  });
  const hub = createDeviceHub({
    timers,
    pathWatch: manualPathWatch(),
    openTransport({ path, baudRate }) {
      const { transport, device } = memoryTransport({ path });
      lines.push(`open ${path} ${baudRate}`);
      devices.set(path, device);
      if (path === READER.path) device.onWrite((bytes) => simulator.receive(bytes));
      return {
        ...transport,
        close() {
          lines.push(`close ${path}`);
          return transport.close();
        },
      };
    },
    report: (report) => reports.push(report),
    onStop: () => {
      stops += 1;
    },
  });
  return { timers, hub, reports, lines, simulator, devices, stops: () => stops };
}

describe('the hub of devices', () => {
  it('remembers what is wanted until the devices are configured', async () => {
    const { hub, timers, reports, simulator, devices } = hubBench();
    hub.handle({ type: 'reader.read' });
    hub.handle({ type: 'scanner.start' });
    simulator.insert(CARD);
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.until(() => reports.some(({ type }) => type === 'card.read'));
    devices.get(SCANNER.path)?.emit(new TextEncoder().encode('EIDP1:ABC\n'));
    expect(reports.at(-1)).toEqual({ type: 'scan', text: 'EIDP1:ABC', simulated: false });
  });

  it('calls a reader simulated whose module says so, whatever its profile says', async () => {
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

  it('leaves devices alone whose profile has not changed, and closes a line before it is opened anew', async () => {
    const { hub, timers, lines } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    hub.handle({ type: 'configure', devices: [READER, { ...SCANNER, baudRate: 115200 }] });
    await timers.advance(2000);
    hub.handle({ type: 'configure', devices: [] });
    await timers.advance(2000);
    expect(lines).toEqual([
      `open ${READER.path} 115200`,
      `open ${SCANNER.path} 9600`,
      `close ${SCANNER.path}`,
      `open ${SCANNER.path} 115200`,
      `close ${READER.path}`,
      `close ${SCANNER.path}`,
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

  it('answers pings, closes everything when it stops, and passes on that it shall', async () => {
    const { hub, timers, reports, devices, stops } = hubBench();
    hub.handle({ type: 'configure', devices: [READER, SCANNER] });
    await timers.advance(2000);
    hub.handle({ type: 'ping', nonce: 3 });
    expect(reports.at(-1)).toEqual({ type: 'pong', nonce: 3 });
    hub.handle({ type: 'stop' });
    expect(stops()).toBe(1);
    await hub.stop();
    expect([...devices.values()].map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });
});

import type {
  HidPosScannerDevice,
  LineScannerDevice,
  ScannerDevice,
  SsiScannerDevice,
} from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

const SCANNER_PATH = '/dev/bench-scanner';

export const LINE_SCANNER = {
  role: 'scanner',
  model: 'Bench scanner',
  simulated: true,
  protocol: 'line',
  connection: { transport: 'serial', path: SCANNER_PATH, baudRate: 115200 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
} as const satisfies LineScannerDevice;

export const SSI_SCANNER = {
  role: 'scanner',
  model: 'Bench SSI scanner',
  simulated: true,
  protocol: 'ssi',
  connection: { transport: 'serial', path: SCANNER_PATH, baudRate: 9600 },
  encoding: 'utf-8',
  trigger: 'session',
} as const satisfies SsiScannerDevice;

export const HID_SCANNER = {
  role: 'scanner',
  model: 'Bench HID scanner',
  simulated: true,
  protocol: 'hid-pos',
  connection: { transport: 'hid', path: '/dev/hidraw7', reportId: 2, reportSize: 63 },
  layout: 'honeywell',
  encoding: 'utf-8',
  trigger: 'always-on',
} as const satisfies HidPosScannerDevice;

export const encode = (text: string) => new TextEncoder().encode(text);

/** A scanner's driver on a line in memory and on a clock that the test moves. */
export async function scannerBench(device: ScannerDevice) {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const written: Uint8Array[] = [];
  let onWrite: (bytes: Uint8Array) => void = () => {};
  let plugged = true;
  let line: MemoryDevice | null = null;
  const connector = manualConnector(() => {
    const made = memoryTransport({
      path: SCANNER_PATH,
      ...(plugged ? {} : { openFault: { reason: 'missing', detail: 'No such file or directory' } as const }),
    });
    if (plugged) {
      line = made.device;
      line.onWrite((bytes) => {
        written.push(bytes);
        onWrite(bytes);
      });
    }
    return made.transport;
  });
  const scanner = createScanner({
    device,
    timers,
    connector,
    report: (report) => {
      reports.push(report);
    },
  });
  await timers.advance(10);
  const devices = () => reports.flatMap((report) => (report.type === 'device' ? [report] : []));
  return {
    timers,
    scanner,
    reports,
    written,
    /** What the scanner does when it is told something. */
    answer(listener: (bytes: Uint8Array) => void) {
      onWrite = listener;
    },
    start: () => scanner.handle({ type: 'scanner.start' }),
    stop: () => scanner.handle({ type: 'scanner.stop' }),
    send: (data: string | Uint8Array) => line?.emit(typeof data === 'string' ? encode(data) : data),
    scans: () =>
      reports.flatMap((report) => {
        if (report.type === 'scan') return [report.text];
        return report.type === 'scan.refused' ? [`refused: ${report.reason}`] : [];
      }),
    states: () => devices().map(({ state }) => state),
    details: () => devices().map(({ detail }) => detail),
    /** The counts as they are told a little later. */
    async health() {
      await timers.advance(1500);
      return devices().at(-1)?.health;
    },
    unplug() {
      plugged = false;
      line?.unplug();
    },
    plug() {
      plugged = true;
      connector.appear();
    },
  };
}
export type ScannerBench = Awaited<ReturnType<typeof scannerBench>>;

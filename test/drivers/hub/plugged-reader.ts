import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Connection } from '#contract/device.ts';
import type { DeviceMachine } from '#drivers/hub/system-connector.ts';
import { createSdtReaderSimulator, type SdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { openNodeHid } from '#drivers/transport/hid.ts';
import { fakeHidDevice } from '../transport/fake-hid.ts';
import { machineFolder } from './machine-folder.ts';

const BAUD_RATE = 115200;
const SERIAL_USB = { vendorId: '1a86', productId: '7523', serialNumber: 'L1' } as const;
const HID_USB = { vendorId: '2b8b', productId: '2721' } as const;

/** A simulated reader that is plugged into a machine of its own, in one of the ways there are. */
export interface PluggedReader {
  readonly connection: Connection;
  readonly machine: DeviceMachine;
  readonly simulator: SdtReaderSimulator;
  /** Bytes that the reader has sent since it was made. */
  sent(): number;
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

function simulated(send: (bytes: Uint8Array) => void) {
  let sent = 0;
  const simulator = createSdtReaderSimulator({
    baudRate: BAUD_RATE,
    timers: systemTimers,
    latency: { find: 5, select: 5, read: 30, other: 5 },
    send(bytes) {
      sent += bytes.length;
      send(bytes);
    },
  });
  return { simulator, sent: () => sent };
}

/** On a USB serial adapter, behind a real pseudo-terminal; known by its USB numbers. */
export async function readerOnSerialLine(root: string): Promise<PluggedReader> {
  const folder = machineFolder(root);
  const descriptors = { name: 'ttyUSB0', usb: SERIAL_USB, file: false } as const;
  folder.plug(descriptors);
  const line = await createSimulatedDevice({
    path: join(folder.root, 'dev/ttyUSB0'),
    baudRate: BAUD_RATE,
    receive: (bytes) => reader.simulator.receive(bytes),
  });
  const reader = simulated((bytes) => line.send(bytes));
  return {
    ...reader,
    connection: { transport: 'serial', usb: SERIAL_USB, baudRate: BAUD_RATE },
    machine: { root: folder.root, timers: systemTimers, openHid: openNodeHid },
    async unplug() {
      await line.unplug();
      folder.unplug('ttyUSB0');
      reader.simulator.losePower();
    },
    async plug() {
      folder.plug(descriptors);
      await line.plug();
    },
  };
}

/** On a USB serial adapter that is known by its lasting name; the folder of those goes away with its last entry. */
export async function readerByLastingName(root: string): Promise<PluggedReader> {
  const reader = await readerOnSerialLine(root);
  const names = join(reader.machine.root, 'dev/serial');
  const path = join(names, 'by-id/usb-1a86_USB_Serial-if00-port0');
  // The system makes the name last, when the port itself is ready.
  const name = () => {
    mkdirSync(join(names, 'by-id'), { recursive: true });
    symlinkSync('../../ttyUSB0', path);
  };
  name();
  return {
    ...reader,
    connection: { transport: 'serial', path, baudRate: BAUD_RATE },
    async unplug() {
      await reader.unplug();
      rmSync(names, { recursive: true, force: true });
    },
    async plug() {
      await reader.plug();
      name();
    },
  };
}

/** Bytes in front of an SDT answer's length, and of the length itself. */
const SDT_HEAD = 5 + 2;

/** Puts what a module says bit by bit into reports as a HID reader does: full ones, and the answer's end as the last. */
function intoReports(sendReport: (bytes: Uint8Array) => void, reportSize: number) {
  let kept: number[] = [];
  /** Bytes of the answer that went by, and of the whole answer once its length is known. */
  let past = 0;
  let whole = Number.POSITIVE_INFINITY;
  const begin = () => {
    kept = [];
    past = 0;
    whole = Number.POSITIVE_INFINITY;
  };
  return {
    push(bytes: Uint8Array) {
      for (const byte of bytes) {
        kept.push(byte);
        past += 1;
        if (past === SDT_HEAD) whole = SDT_HEAD + (kept.at(-2) ?? 0) * 256 + byte;
        if (past < whole && kept.length < reportSize) continue;
        sendReport(Uint8Array.from(kept));
        kept = [];
        if (past === whole) begin();
      }
    },
    forget: begin,
  };
}

/** As a HID device; known by its USB numbers. */
export async function readerOnHid(root: string): Promise<PluggedReader> {
  const folder = machineFolder(root);
  const descriptors = { name: 'hidraw0', usb: HID_USB, file: false } as const;
  folder.plug(descriptors);
  const device = fakeHidDevice({ path: join(folder.root, 'dev/hidraw0'), reportId: 0, reportSize: 64 });
  const reports = intoReports((bytes) => device.send(bytes), 64);
  const reader = simulated((bytes) => reports.push(bytes));
  // The report's id is the system's; what fills it up is the reader's to skip.
  device.onReport((report) => reader.simulator.receive(report.subarray(1)));
  return {
    ...reader,
    connection: { transport: 'hid', usb: HID_USB, reportId: 0, reportSize: 64 },
    machine: { root: folder.root, timers: systemTimers, openHid: device.open },
    async unplug() {
      folder.unplug('hidraw0');
      device.unplug();
      reports.forget();
      reader.simulator.losePower();
    },
    async plug() {
      folder.plug(descriptors);
      device.plug();
    },
  };
}

/** Behind a serial server, over a real socket. Its plug is the power of both. */
export async function readerOverTcp(root: string): Promise<PluggedReader> {
  const callers = new Set<Socket>();
  const reader = simulated((bytes) => {
    for (const caller of callers) caller.write(bytes);
  });
  const server = createServer((caller) => {
    callers.add(caller);
    caller.on('data', (bytes) => reader.simulator.receive(bytes));
    caller.on('close', () => callers.delete(caller));
    // A station that goes away is no fault of the server's.
    caller.on('error', () => callers.delete(caller));
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
        else resolve(address.port);
      });
    });
  const port = await listen(0);
  return {
    ...reader,
    connection: { transport: 'tcp', host: '127.0.0.1', port },
    machine: { root, timers: systemTimers, openHid: openNodeHid },
    async unplug() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const caller of callers) caller.resetAndDestroy();
      await closed;
      reader.simulator.losePower();
    },
    async plug() {
      await listen(port);
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HID_RATE } from '#drivers/simulator/paced-line.ts';
import { type HidReports, hidTransport } from '#drivers/transport/hid.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { fakeHidDevice } from '../transport/fake-hid.ts';

/** The wire under a driver, and its plug. */
export interface Wire {
  readonly connect: () => Transport;
  readonly onWrite: (listener: (bytes: Uint8Array) => void) => void;
  readonly send: (bytes: Uint8Array) => void;
  readonly unplug: () => void;
  readonly plug: () => void;
  readonly close: () => void;
  /** Bits a second. */
  readonly rate: number;
}

const GONE = 'No such device';

export function memoryWire(path: string): Wire {
  let device: MemoryDevice | null = null;
  let plugged = true;
  let onWrite: (bytes: Uint8Array) => void = () => {};
  return {
    connect() {
      const made = memoryTransport(
        plugged ? { path } : { path, openFault: { reason: 'missing', detail: 'No such file or directory' } },
      );
      if (plugged) {
        device = made.device;
        device.onWrite((bytes) => onWrite(bytes));
      }
      return made.transport;
    },
    onWrite(listener) {
      onWrite = listener;
    },
    send: (bytes) => device?.emit(bytes),
    unplug() {
      plugged = false;
      device?.unplug(GONE);
    },
    plug() {
      plugged = true;
    },
    close: () => {},
    rate: 115200,
  };
}

export function hidWire(options: {
  readonly reportId: number;
  readonly reportSize: number;
  readonly reports: HidReports;
}): Wire {
  const folder = mkdtempSync(join(tmpdir(), 'fault-table-'));
  const path = join(folder, 'hidraw0');
  const device = fakeHidDevice({ path, ...options });
  return {
    connect: () => hidTransport({ path, ...options, openHid: device.open }),
    // Reports are written with their id in front, as node-hid wants them.
    onWrite: (listener) => device.onReport((report) => listener(report.subarray(1))),
    send: device.send,
    unplug: device.unplug,
    plug: device.plug,
    close: () => rmSync(folder, { recursive: true }),
    rate: HID_RATE,
  };
}

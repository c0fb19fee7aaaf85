import { EventEmitter } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import type { HidHandle, OpenHid } from '#drivers/transport/hid.ts';

/** Reports that the system keeps for a handle that does not read; later ones are lost. */
const KEPT_REPORTS = 64;

/** A HID device and its plug. Where it is plugged in, its file exists. */
export interface FakeHidDevice {
  readonly path: string;
  /** As `HIDAsync.open` of node-hid, for this path. */
  readonly open: OpenHid;
  /** Called with each report that the host writes, its id first. */
  onReport(listener: (report: Uint8Array) => void): void;
  /** Sends one report, as it is. */
  sendReport(report: Uint8Array): void;
  /** Sends bytes in as many reports as they take, each filled up with zeros. */
  send(bytes: Uint8Array): void;
  plug(): void;
  unplug(): void;
  readonly plugged: boolean;
  /** Handles that are open now; the system lets any number be. */
  readonly openHandles: number;
}

/**
 * Behaves as node-hid 3.4 over hidraw does: reading begins in the turn after a `data` listener came and throws there
 * when the handle was closed in between; an unplug is an `error` with a string, and nothing is told of a close; an
 * `error` that nobody listens to is thrown; writing to a device that is gone is refused; a handle is closed once.
 */
export function fakeHidDevice(options: {
  readonly path: string;
  /** Sent in front of each report; 0 where the device numbers none, and then it is not sent. */
  readonly reportId: number;
  readonly reportSize: number;
}): FakeHidDevice {
  const { path, reportId, reportSize } = options;
  const handles = new Set<FakeHandle>();
  let onReport: (report: Uint8Array) => void = () => {};
  let plugged = false;

  class FakeHandle extends EventEmitter implements HidHandle {
    #reading = false;
    #closed = false;
    #gone = false;
    #kept: Buffer[] = [];

    constructor() {
      super();
      this.on('newListener', (name: string) => {
        if (name === 'data') process.nextTick(() => this.#startReading());
      });
    }
    #startReading(): void {
      if (this.#closed) throw new TypeError('device has been closed');
      if (this.#reading) throw new TypeError('read is already running');
      this.#reading = true;
      const kept = this.#kept;
      this.#kept = [];
      for (const report of kept) this.take(report);
      if (this.#gone) this.lose();
    }
    /** The device says something. */
    take(report: Buffer): void {
      if (this.#reading) setImmediate(() => this.#closed || this.emit('data', report));
      else if (this.#kept.length < KEPT_REPORTS) this.#kept.push(report);
    }
    /** The device is gone. */
    lose(): void {
      this.#gone = true;
      if (!this.#reading) return;
      this.#reading = false;
      setImmediate(() => {
        if (!this.#closed) this.emit('error', 'could not read from HID device: No such device');
      });
    }
    async write(report: Buffer): Promise<number> {
      if (this.#closed) throw new TypeError('device has been closed');
      const copy = Uint8Array.from(report);
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#gone) throw new Error('Cannot write to hid device: No such device');
      onReport(copy);
      return copy.length;
    }
    async close(): Promise<void> {
      if (this.#closed) throw new TypeError('device is already closed');
      this.#closed = true;
      handles.delete(this);
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.removeAllListeners();
    }
  }

  function sendReport(report: Uint8Array): void {
    for (const handle of handles) handle.take(Buffer.from(report));
  }

  const device: FakeHidDevice = {
    path,
    async open(wanted) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!plugged || wanted !== path) {
        throw new Error(`cannot open device with path ${wanted}: No such file or directory`);
      }
      const handle = new FakeHandle();
      handles.add(handle);
      return handle;
    },
    onReport(listener) {
      onReport = listener;
    },
    sendReport,
    send(bytes) {
      for (let from = 0; from < bytes.length; from += reportSize) {
        const report = new Uint8Array(reportSize);
        report.set(bytes.subarray(from, from + reportSize));
        sendReport(reportId === 0 ? report : Uint8Array.of(reportId, ...report));
      }
    },
    plug() {
      plugged = true;
      writeFileSync(path, '');
    },
    unplug() {
      plugged = false;
      rmSync(path, { force: true });
      for (const handle of [...handles]) {
        handles.delete(handle);
        handle.lose();
      }
    },
    get plugged() {
      return plugged;
    },
    get openHandles() {
      return handles.size;
    },
  };
  device.plug();
  return device;
}

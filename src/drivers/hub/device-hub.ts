import type { DeviceProfile, DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { IdCardReader } from '../reader/id-card-reader.ts';
import { createIdCardReader } from '../reader/id-card-reader.ts';
import type { ReaderMode } from '../reader/reader-state.ts';
import type { LineScanner } from '../scanner/line-scanner.ts';
import { createLineScanner } from '../scanner/line-scanner.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import type { PathWatch } from './path-watch.ts';

export interface DeviceHub {
  /** Does what the station says. Commands for a role without a device are kept for when it is configured. */
  handle(command: DriverCommand): void;
  /** Closes every device. */
  stop(): Promise<void>;
}

/** All configured devices and what the station wants of each. */
export function createDeviceHub(options: {
  readonly openTransport: (device: DeviceProfile) => Transport;
  readonly timers: Timers;
  readonly pathWatch: PathWatch;
  readonly report: (report: DriverReport) => void;
  /** The station asked the process to end. */
  readonly onStop: () => void;
}): DeviceHub {
  const { openTransport, timers, pathWatch, report } = options;
  const readers = new Map<string, IdCardReader>();
  const scanners = new Map<string, LineScanner>();
  let readerMode: ReaderMode = 'watch';
  let scanning = false;
  let configured: Promise<void> = Promise.resolve();
  let stopped = false;

  const tell = (message: DriverReport) => {
    // The reading is done with once: the next card is asked for anew.
    if (message.type === 'card.read') readerMode = 'watch';
    report(message);
  };

  function add(profile: DeviceProfile): void {
    const base = { openTransport: () => openTransport(profile), timers, pathWatch, report: tell };
    const key = JSON.stringify(profile);
    switch (profile.role) {
      case 'reader': {
        if (readers.has(key)) return;
        const reader = createIdCardReader({ ...base, profile });
        readers.set(key, reader);
        reader.setMode(readerMode);
        return;
      }
      case 'scanner': {
        if (scanners.has(key)) return;
        const scanner = createLineScanner({ ...base, profile });
        scanners.set(key, scanner);
        scanner.setActive(scanning);
        return;
      }
      default:
        assertNever(profile);
    }
  }

  /** Devices whose profile has not changed keep running. */
  async function configure(profiles: readonly DeviceProfile[]): Promise<void> {
    const kept = new Set(profiles.map((profile) => JSON.stringify(profile)));
    // Closed before new ones open: the old device may hold the same line.
    for (const [key, reader] of [...readers]) {
      if (kept.has(key)) continue;
      readers.delete(key);
      await reader.stop();
    }
    for (const [key, scanner] of [...scanners]) {
      if (kept.has(key)) continue;
      scanners.delete(key);
      await scanner.stop();
    }
    if (stopped) return;
    for (const profile of profiles) add(profile);
  }

  function setReaderMode(mode: ReaderMode): void {
    readerMode = mode;
    for (const reader of readers.values()) reader.setMode(mode);
  }

  function setScanning(active: boolean): void {
    scanning = active;
    for (const scanner of scanners.values()) scanner.setActive(active);
  }

  return {
    handle(command) {
      switch (command.type) {
        case 'configure':
          configured = configured.then(() => configure(command.devices));
          return;
        case 'reader.read':
          return setReaderMode('read');
        case 'reader.watch':
          return setReaderMode('watch');
        case 'scanner.start':
          return setScanning(true);
        case 'scanner.stop':
          return setScanning(false);
        case 'ping':
          return report({ type: 'pong', nonce: command.nonce });
        case 'stop':
          return options.onStop();
        default:
          assertNever(command);
      }
    },
    async stop() {
      stopped = true;
      await configured;
      const all = [...readers.values(), ...scanners.values()];
      readers.clear();
      scanners.clear();
      await Promise.all(all.map((device) => device.stop()));
    },
  };
}

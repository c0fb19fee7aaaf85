import type { Device } from '#contract/device.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { DeviceCommand, Driver } from '../driver.ts';
import type { Timers } from '../timers.ts';
import type { Connector } from './connector.ts';
import { createDriver } from './create-driver.ts';

export interface DeviceHub {
  /** Does what the station says. Commands for a role without a device are kept for when it is configured. */
  handle(command: HubCommand): void;
  /** Closes every device. */
  stop(): Promise<void>;
}

/** What is for the devices; the process answers the rest itself. */
export type HubCommand = DeviceCommand | Extract<DriverCommand, { readonly type: 'configure' }>;

/** What the station last wanted, said again to every driver that is made. */
interface Wanted {
  readonly reader: Extract<DeviceCommand, { readonly type: 'reader.read' | 'reader.watch' }>;
  readonly scanner: Extract<DeviceCommand, { readonly type: 'scanner.start' | 'scanner.stop' }>;
  readonly lamp: Extract<DeviceCommand, { readonly type: 'lamp.show' }>;
}

/** All configured devices and what the station wants of each. */
export function createDeviceHub(options: {
  readonly connectorFor: (device: Device) => Connector;
  readonly timers: Timers;
  readonly report: (report: DriverReport) => void;
}): DeviceHub {
  const { connectorFor, timers, report } = options;
  /** By the device's own words, so that one that has not changed keeps running. */
  const drivers = new Map<string, Driver>();
  let wanted: Wanted = {
    reader: { type: 'reader.watch' },
    scanner: { type: 'scanner.stop' },
    lamp: { type: 'lamp.show', sign: 'off' },
  };
  let configured: Promise<void> = Promise.resolve();
  let stopped = false;

  const tell = (message: DriverReport) => {
    // The reading is done with once: the next card is asked for anew.
    if (message.type === 'card.read') wanted = { ...wanted, reader: { type: 'reader.watch' } };
    report(message);
  };

  /** Devices whose settings have not changed keep running. */
  async function configure(devices: readonly Device[]): Promise<void> {
    const named = new Map(devices.map((device) => [JSON.stringify(device), device]));
    // Closed before new ones open: the old device may hold the same line.
    for (const [key, driver] of [...drivers]) {
      if (named.has(key)) continue;
      drivers.delete(key);
      await driver.stop();
    }
    for (const [key, device] of named) {
      if (stopped) return;
      if (drivers.has(key)) continue;
      const driver = createDriver(device, { connector: connectorFor(device), timers, report: tell });
      drivers.set(key, driver);
      for (const command of Object.values(wanted)) driver.handle(command);
    }
  }

  function passOn(command: DeviceCommand): void {
    for (const driver of drivers.values()) driver.handle(command);
  }

  return {
    handle(command) {
      switch (command.type) {
        case 'configure':
          configured = configured.then(() => configure(command.devices));
          return;
        case 'reader.read':
        case 'reader.watch':
          wanted = { ...wanted, reader: command };
          return passOn(command);
        case 'scanner.start':
        case 'scanner.stop':
          wanted = { ...wanted, scanner: command };
          return passOn(command);
        case 'lamp.show':
          wanted = { ...wanted, lamp: command };
          return passOn(command);
        case 'printer.print':
          return passOn(command);
        default:
          assertNever(command);
      }
    },
    async stop() {
      stopped = true;
      await configured;
      const all = [...drivers.values()];
      drivers.clear();
      await Promise.all(all.map((driver) => driver.stop()));
    },
  };
}

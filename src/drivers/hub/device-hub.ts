import type { Device, DeviceRole } from '#contract/device.ts';
import type { DeviceHealth, DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { DeviceCommand, Driver } from '../driver.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import type { Connector } from './connector.ts';
import { createDriver } from './create-driver.ts';
import { wrappingConnector } from './wrapping-connector.ts';

export interface DeviceHub {
  /** Does what the station says. Commands for a role without a device are kept for when it is configured. */
  handle(command: HubCommand): void;
  /**
   * Lets a role's devices go, so that somebody else may use their lines; resolves when they are free. They rest until
   * {@link resume} was called as often.
   */
  pause(role: DeviceRole): Promise<void>;
  resume(role: DeviceRole): void;
  /** Closes every device. */
  stop(): Promise<void>;
}

/** What is for the devices; the process answers the rest itself. */
export type HubCommand =
  | DeviceCommand
  | Extract<DriverCommand, { readonly type: 'configure' | 'devices.health' }>;

/** What the station last wanted, said again to every driver that is made. */
interface Wanted {
  readonly reader: Extract<DeviceCommand, { readonly type: 'reader.read' | 'reader.watch' }>;
  readonly scanner: Extract<DeviceCommand, { readonly type: 'scanner.start' | 'scanner.stop' }>;
  readonly lamp: Extract<DeviceCommand, { readonly type: 'lamp.show' }>;
}

interface Driven {
  readonly device: Device;
  readonly driver: Driver;
  /** With what drivers of the same device counted before it. */
  readonly health: () => DeviceHealth;
}

/** All configured devices and what the station wants of each. */
export function createDeviceHub(options: {
  readonly connectorFor: (device: Device) => Connector;
  readonly timers: Timers;
  readonly report: (report: DriverReport) => void;
  /** Every new connection of a role goes through it: recordings listen there. */
  readonly wrap?: (role: DeviceRole, transport: Transport) => Transport;
}): DeviceHub {
  const { connectorFor, timers, report, wrap } = options;
  let configured: readonly Device[] = [];
  /** By the device's own words, so that one that has not changed keeps running. */
  const drivers = new Map<string, Driven>();
  /** How often each role was paused. */
  const paused = new Map<DeviceRole, number>();
  /** What was counted by drivers of the same device that are gone. */
  const counted = new Map<string, DeviceHealth>();
  let wanted: Wanted = {
    reader: { type: 'reader.watch' },
    scanner: { type: 'scanner.stop' },
    lamp: { type: 'lamp.show', sign: 'off' },
  };
  let arranged: Promise<void> = Promise.resolve();
  let stopped = false;

  const keyOf = (device: Device) => JSON.stringify(device);
  const isPaused = (role: DeviceRole) => (paused.get(role) ?? 0) > 0;

  function start(key: string, device: Device): void {
    const before = counted.get(key) ?? NO_HEALTH;
    const plain = connectorFor(device);
    const connector = wrap ? wrappingConnector(plain, (transport) => wrap(device.role, transport)) : plain;
    const driver = createDriver(device, {
      connector,
      timers,
      report(message) {
        // The reading is done with once: the next card is asked for anew.
        if (message.type === 'card.read') wanted = { ...wanted, reader: { type: 'reader.watch' } };
        if (message.type !== 'device') return report(message);
        report({ ...message, health: sum(before, message.health) });
      },
    });
    drivers.set(key, { device, driver, health: () => sum(before, driver.health()) });
    for (const command of Object.values(wanted)) driver.handle(command);
  }

  /** Makes the drivers those that are configured and not paused; devices whose settings have not changed keep running. */
  async function arrange(): Promise<void> {
    const named = new Map(configured.map((device) => [keyOf(device), device]));
    // Closed before new ones open: the old device may hold the same line.
    for (const [key, { device, driver, health }] of [...drivers]) {
      if (named.has(key) && !isPaused(device.role)) continue;
      drivers.delete(key);
      await driver.stop();
      if (named.has(key)) {
        counted.set(key, health());
        report(resting(device, health()));
      } else counted.delete(key);
    }
    for (const [key, device] of named) {
      if (stopped) return;
      if (!drivers.has(key) && !isPaused(device.role)) start(key, device);
    }
  }

  function rearrange(): Promise<void> {
    arranged = arranged.then(arrange);
    return arranged;
  }

  function passOn(command: DeviceCommand): void {
    for (const { driver } of drivers.values()) driver.handle(command);
  }

  return {
    handle(command) {
      switch (command.type) {
        case 'configure': {
          const { devices } = command;
          arranged = arranged.then(() => {
            configured = devices;
          });
          void rearrange();
          return;
        }
        case 'devices.health':
          for (const { device, health } of drivers.values())
            report({ type: 'health', role: device.role, health: health() });
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
        case 'printer.print': {
          const printers = [...drivers.values()].filter(({ device }) => device.role === 'printer');
          if (printers.length > 0) return passOn(command);
          return report({ type: 'printed', request: command.request, fault: 'no-printer' });
        }
        default:
          assertNever(command);
      }
    },
    pause(role) {
      paused.set(role, (paused.get(role) ?? 0) + 1);
      return rearrange();
    },
    resume(role) {
      paused.set(role, Math.max(0, (paused.get(role) ?? 0) - 1));
      void rearrange();
    },
    async stop() {
      stopped = true;
      await arranged;
      const all = [...drivers.values()];
      drivers.clear();
      await Promise.all(all.map(({ driver }) => driver.stop()));
    },
  };
}

function sum(a: DeviceHealth, b: DeviceHealth): DeviceHealth {
  return {
    connections: a.connections + b.connections,
    frames: a.frames + b.frames,
    damaged: a.damaged + b.damaged,
    timeouts: a.timeouts + b.timeouts,
  };
}

function resting(device: Device, health: DeviceHealth): DriverReport {
  const { role, model, simulated } = device;
  const detail = 'rests while somebody else uses its line';
  return { type: 'device', role, state: 'connecting', model, samId: null, simulated, detail, health };
}

import type { DeviceHealth, DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { Connector } from './hub/connector.ts';
import type { Timers } from './timers.ts';

/** What the station may want of a device while it is driven. */
export type DeviceCommand = Extract<
  DriverCommand,
  {
    readonly type:
      | 'reader.read'
      | 'reader.watch'
      | 'scanner.start'
      | 'scanner.stop'
      | 'printer.print'
      | 'lamp.show';
  }
>;

/** One device being driven. It connects by itself, again and again, and tells its state by `device` reports. */
export interface Driver {
  /** Commands for other roles are passed over. */
  handle(command: DeviceCommand): void;
  /** What was counted up to now; `device` reports may tell it later. */
  health(): DeviceHealth;
  /** Closes the connection; nothing is reported afterwards. */
  stop(): Promise<void>;
}

/** What every driver is made with, beside its device. */
export interface DriverParts {
  readonly connector: Connector;
  readonly timers: Timers;
  readonly report: (report: DriverReport) => void;
}

/** Counts of one device over all its connections, shown with every `device` report. */
export class HealthCount {
  #counts: DeviceHealth = { connections: 0, frames: 0, damaged: 0, timeouts: 0 };

  add(what: keyof DeviceHealth, count = 1): void {
    this.#counts = { ...this.#counts, [what]: this.#counts[what] + count };
  }

  get counts(): DeviceHealth {
    return this.#counts;
  }
}

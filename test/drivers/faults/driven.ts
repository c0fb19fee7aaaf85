import type { Device } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Driver } from '#drivers/driver.ts';
import { createDriver } from '#drivers/hub/create-driver.ts';
import type { Cable } from '#drivers/simulator/faulty-line.ts';
import type { ManualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';
import type { Wire } from './wires.ts';

/** What came of one fault. Times are simulated milliseconds from the first try. */
export interface Outcome {
  /** In the order it is shown: what the fault was shown as, then what ended it. */
  readonly citizen: string;
  /** States of the device with their details, without what it said before the fault. */
  readonly technician: string;
  readonly recovered: number;
}

export const LONGEST = 120_000;

/** The driver of a device on its wire, and the wire's plug. */
export function driven(options: {
  readonly device: Device;
  readonly wire: Wire;
  readonly timers: ManualTimers;
  readonly reports: DriverReport[];
  /** Hears each report after it was put to the others. */
  readonly onReport?: (report: DriverReport) => void;
}): { readonly driver: Driver; readonly cable: Cable } {
  const { device, wire, timers, reports, onReport = () => {} } = options;
  const connector = manualConnector(wire.connect);
  const driver = createDriver(device, {
    connector,
    timers,
    report(report) {
      reports.push(report);
      onReport(report);
    },
  });
  const cable = {
    unplug: wire.unplug,
    plug() {
      wire.plug();
      connector.appear();
    },
  };
  return { driver, cable };
}

export function technicianSees(reports: readonly DriverReport[]): string {
  const states = reports.flatMap((report) => {
    if (report.type !== 'device') return [];
    return [report.detail === null ? report.state : `${report.state} (${report.detail})`];
  });
  return withoutRepeats(['ready', ...states])
    .join(', ')
    .replaceAll(/\/\S+\/hidraw0/g, '/dev/hidraw0');
}

export const isReady = (reports: readonly DriverReport[]): boolean =>
  reports.findLast((report) => report.type === 'device')?.state === 'ready';

export const withoutRepeats = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => word !== words[at - 1]);

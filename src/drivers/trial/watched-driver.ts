import type { Device } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { DeviceCommand } from '../driver.ts';
import type { Connector } from '../hub/connector.ts';
import { createDriver } from '../hub/create-driver.ts';
import type { Timers } from '../timers.ts';
import type { Transport, TransportFault } from '../transport/transport.ts';
import { connectionAdvice } from './connection-advice.ts';
import { failed, passed, type StepOutcome } from './trial-steps.ts';

/** Milliseconds until a device that is there has said whether it is ready; a printer takes two rounds of questions. */
const OPENING_LIMIT = 10_000;

/** A device's own driver, run for a trial: what the terminal would run, with somebody who looks on. */
export interface WatchedDriver {
  handle(command: DeviceCommand): void;
  /** The first report that fits, already made or to come; null when there is none in time. */
  expect(wanted: (report: DriverReport) => boolean, within: number): Promise<DriverReport | null>;
  /** Whether the device is open and ready, as the outcome of a step. */
  opened(): Promise<StepOutcome>;
  /** What the driver last said about the device. */
  standing(): Extract<DriverReport, { type: 'device' }> | null;
  stop(): Promise<void>;
}

export function watchDriver(options: {
  readonly device: Device;
  readonly connector: Connector;
  readonly timers: Timers;
  /** Bytes from the device, as they pass by. */
  readonly onData?: (bytes: Uint8Array) => void;
}): WatchedDriver {
  const { device, connector, timers, onData = () => {} } = options;
  const waiting = new Set<(report: DriverReport) => void>();
  let fault: TransportFault | null = null;
  let standing: Extract<DriverReport, { type: 'device' }> | null = null;

  const driver = createDriver(device, {
    connector: watchedConnector({
      connector,
      onData,
      onFault: (told) => {
        fault = told;
      },
    }),
    timers,
    report(report) {
      if (report.type === 'device') standing = report;
      for (const take of [...waiting]) take(report);
    },
  });

  function expectReport(
    wanted: (report: DriverReport) => boolean,
    within: number,
  ): Promise<DriverReport | null> {
    if (standing !== null && wanted(standing)) return Promise.resolve(standing);
    return new Promise((resolve) => {
      const settle = (report: DriverReport | null) => {
        cancel();
        waiting.delete(take);
        resolve(report);
      };
      const take = (report: DriverReport) => {
        if (wanted(report)) settle(report);
      };
      const cancel = timers.after(within, () => settle(null));
      waiting.add(take);
    });
  }

  return {
    handle: (command) => driver.handle(command),
    expect: expectReport,
    standing: () => standing,
    async opened() {
      const report = await expectReport(
        (each) => each.type === 'device' && each.state !== 'connecting',
        OPENING_LIMIT,
      );
      if (report?.type !== 'device') return failed('the device does not answer');
      const said = report.detail === null ? '' : `: ${report.detail}`;
      if (report.state === 'ready') return passed(`ready${said}`);
      if (fault !== null && 'connection' in device) return failed(connectionAdvice(device.connection, fault));
      return failed(`${report.state === 'absent' ? 'not there' : 'out of service'}${said}`);
    },
    stop: () => driver.stop(),
  };
}

function watchedConnector(options: {
  readonly connector: Connector;
  readonly onData: (bytes: Uint8Array) => void;
  readonly onFault: (fault: TransportFault | null) => void;
}): Connector {
  const { connector, onData, onFault } = options;
  return {
    async connect(wish) {
      const found = await connector.connect(wish);
      onFault(found.ok ? null : found.error);
      return found.ok ? { ok: true, value: watched(found.value) } : found;
    },
    whenPresent: (appeared) => connector.whenPresent(appeared),
  };

  function watched(transport: Transport): Transport {
    return {
      path: transport.path,
      async open() {
        const opened = await transport.open();
        onFault(opened.ok ? null : opened.error);
        return opened;
      },
      write: (bytes) => transport.write(bytes),
      close: () => transport.close(),
      onData: (listener) =>
        transport.onData((bytes) => {
          onData(bytes);
          listener(bytes);
        }),
      onEnd: (listener) => transport.onEnd(listener),
    };
  }
}

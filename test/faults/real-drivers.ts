import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { createDriverLink } from '#station/drivers/driver-link.ts';
import { eventually } from '../drivers/eventually.ts';
import { READER } from '../drivers/reader/reader-bench.ts';
import { hallDrivers } from '../main/station/session/hall-drivers.ts';

const BAUD_RATE = 115200;

/** The drivers in a process of their own, as a terminal has them, with a simulated reader on a pseudo-terminal. */
export async function realDrivers(options: { readonly entry: string; readonly memoryBound?: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'drivers-crash-'));
  const line = await createSimulatedDevice({
    path: join(folder, 'reader'),
    baudRate: BAUD_RATE,
    receive: (bytes) => simulator.receive(bytes),
  });
  const simulator = createSdtReaderSimulator({
    baudRate: BAUD_RATE,
    timers: systemTimers,
    latency: { find: 10, select: 10, read: 400, other: 5 },
    send: (bytes) => line.send(bytes),
  });
  const pids: number[] = [];
  const host = forkProcessHost({
    drivers: join(import.meta.dirname, options.entry),
    faces: join(import.meta.dirname, '../../src/faces/main.ts'),
  });
  const warnings: string[] = [];
  const link = createDriverLink({
    processHost: {
      start(name) {
        const child = host.start(name);
        if (child.pid !== undefined) pids.push(child.pid);
        return child;
      },
    },
    devices: [
      {
        ...READER,
        pollInterval: 50,
        connection: { transport: 'serial', path: line.path, baudRate: BAUD_RATE },
      },
    ],
    timers: systemTimers,
    log: { info: () => {}, warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`) },
    ...(options.memoryBound === undefined ? {} : { memoryBound: options.memoryBound }),
  });
  const reports: DriverReport[] = [];
  link.onReport((report) => {
    // What a listener keeps of a card is a copy: the session zeroes its own.
    reports.push(structuredClone(report));
  });

  return {
    link,
    simulator,
    reports,
    warnings,
    /** The present process. */
    pid: () => pids.at(-1) ?? 0,
    processes: () => pids.length,
    ready: () =>
      eventually(() => {
        if (reports.findLast(({ type }) => type !== 'card.laid')?.type !== 'card.removed')
          throw new Error('the reader is not ready yet');
      }),
    /** The reader was lost and is back, both since the report with that number. */
    recovered: (since: number) =>
      eventually(() => {
        const states = reports
          .slice(since)
          .flatMap((report) => (report.type === 'device' ? [report.state] : []));
        if (states[0] !== 'connecting' || states.at(-1) !== 'ready')
          throw new Error(`the reader has been ${states.join(', ')}`);
      }),
    /** The session's drivers: the reader is this one, the scanner is acted. */
    forHall() {
      const acted = hallDrivers();
      return {
        ...acted,
        port: {
          ...acted.port,
          send(command: Parameters<typeof link.send>[0]) {
            if (command.type === 'reader.read' || command.type === 'reader.watch') link.send(command);
            else acted.port.send(command);
          },
          onReport(listener: (report: DriverReport) => void) {
            const endActed = acted.port.onReport(listener);
            const endReal = link.onReport(listener);
            return () => {
              endActed();
              return endReal();
            };
          },
          device: (role: 'reader' | 'scanner') =>
            role === 'reader' ? link.device(role) : acted.port.device(role),
        },
      };
    },
    async stop() {
      await link.stop();
      await line.unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type RealDrivers = Awaited<ReturnType<typeof realDrivers>>;

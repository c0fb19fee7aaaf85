import { join, resolve } from 'node:path';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createSdtReaderSimulator, type SdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSimulatedDevice, type SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { createDriverLink, type DriverLink } from '#station/drivers/driver-link.ts';
import { READER } from '../../drivers/reader/reader-bench.ts';
import { otherDevices } from './other-devices.ts';

const BAUD_RATE = 115200;
const DRIVERS = resolve(import.meta.dirname, '../../../src/drivers/main.ts');
const FACES = join(import.meta.dirname, '../../../src/faces/main.ts');

/**
 * The real drivers' process on a pseudo-terminal, and a reader at its other end that knows how long it took itself:
 * its thinking and its bytes at the line's rate.
 */
export interface MeasuredReader {
  readonly simulator: SdtReaderSimulator;
  readonly device: SimulatedDevice;
  readonly link: DriverLink;
  readonly pid: number;
  /** Forgets what was timed before. */
  restart(): void;
  /** When the reader had last told that a card lies there, and its own time since then. */
  sinceFound(): { readonly at: number; readonly ownTime: number };
  /** Settles with the next report that fits. */
  next(fits: (report: DriverReport) => boolean): Promise<DriverReport>;
  stop(): Promise<void>;
}

export async function startMeasuredReader(folder: string): Promise<MeasuredReader> {
  let foundAt = 0;
  let ownTime = 0;
  let askedAt = 0;
  let saidAt = 0;
  /** What the reader took to answer the question before goes to its account. */
  const settle = () => {
    ownTime += Math.max(0, saidAt - askedAt);
    askedAt = saidAt;
  };
  const simulator = createSdtReaderSimulator({
    baudRate: BAUD_RATE,
    timers: systemTimers,
    send(bytes) {
      saidAt = performance.now();
      if (bytes[9] === FOUND) {
        foundAt = saidAt;
        askedAt = saidAt;
        ownTime = 0;
      }
      device.send(bytes);
    },
  });
  const device: SimulatedDevice = await createSimulatedDevice({
    path: join(folder, 'reader'),
    baudRate: BAUD_RATE,
    receive(bytes) {
      settle();
      askedAt = performance.now();
      simulator.receive(bytes);
    },
  });
  const others = await otherDevices(folder);
  const host = forkProcessHost({ drivers: DRIVERS, faces: FACES });
  let pid = 0;
  const link = createDriverLink({
    processHost: {
      start(child) {
        const started = host.start(child);
        pid = started.pid ?? 0;
        return started;
      },
    },
    devices: [
      {
        ...READER,
        simulated: true,
        connection: { transport: 'serial', path: device.path, baudRate: BAUD_RATE },
      },
      ...others.list,
    ],
    log: { info: () => {}, warn: () => {} },
    timers: systemTimers,
  });
  const measured: MeasuredReader = {
    simulator,
    device,
    link,
    get pid() {
      return pid;
    },
    restart() {
      foundAt = 0;
    },
    sinceFound() {
      settle();
      return { at: foundAt, ownTime };
    },
    next(fits) {
      return new Promise((resolve) => {
        const end = link.onReport((report) => {
          if (!fits(report)) return;
          end();
          resolve(report);
        });
      });
    },
    async stop() {
      await link.stop();
      await device.unplug();
      await others.unplug();
    },
  };
  await measured.next((report) => report.type === 'card.removed');
  return measured;
}

/** SW3 of a found card stands at this place of a frame. */
const FOUND = 0x9f;

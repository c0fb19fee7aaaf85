import type { BaudRate, ReaderDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { ok } from '#domain/result.ts';
import type { ConnectionWish, Connector } from '#drivers/hub/connector.ts';
import { createIdCardReader } from '#drivers/reader/id-card-reader.ts';
import { scriptedFaults } from '#drivers/simulator/fault-run.ts';
import type { SdtModel, SimulatedCard } from '#drivers/simulator/sdt-module.ts';
import { STRICT_MODEL } from '#drivers/simulator/sdt-module.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { CARD_VECTORS } from '../framing/sdt-vectors.ts';
import { manualTimers } from '../manual-timers.ts';
import { script } from '../simulator/script.ts';

export const CARD = {
  kind: 'identity',
  text: CARD_VECTORS[0]?.text ?? new Uint8Array(256),
  photo: new Uint8Array(1024).fill(0x5a),
} as const satisfies SimulatedCard;

export const READER_PATH = '/dev/bench-reader';
export const READER = {
  role: 'reader',
  model: 'Bench reader',
  simulated: false,
  protocol: 'sdt',
  connection: { transport: 'serial', path: READER_PATH, baudRate: 115200 },
  pollInterval: 200,
  settleTime: 300,
  thinkingTimes: {},
  quirks: { readsFingerprints: false, presence: 'newest-address' },
} as const satisfies ReaderDevice;

/** A connector whose device appears when the test says so. */
export function manualConnector(
  makeTransport: (wish: ConnectionWish) => Transport,
): Connector & { appear(): void } {
  let waiting: (() => void)[] = [];
  return {
    connect: async (wish = {}) => ok(makeTransport(wish)),
    whenPresent(appeared) {
      waiting.push(appeared);
      return () => {
        waiting = waiting.filter((each) => each !== appeared);
      };
    },
    appear() {
      for (const appeared of [...waiting]) appeared();
    },
  };
}

/** A reader driver on a simulated reader, in memory and on a clock that the test moves. */
export function readerBench(
  options: {
    readonly device?: ReaderDevice;
    readonly model?: Partial<SdtModel>;
    /** Bits a second at which the reader listens. */
    readonly baudRate?: BaudRate;
  } = {},
) {
  const faults = scriptedFaults();
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  let plugged = true;
  let device: MemoryDevice | null = null;
  let connections = 0;
  let afterSaying: (bytes: Uint8Array) => void = () => {};
  const simulator = createSdtReaderSimulator({
    baudRate: options.baudRate ?? 115200,
    timers,
    send(bytes) {
      device?.emit(bytes);
      afterSaying(bytes);
    },
    model: { ...STRICT_MODEL, ...options.model },
    faults,
    cable: {
      unplug: () => unplug(),
      plug: () => plug(),
    },
  });
  const connector = manualConnector(({ baudRate = 115200 }) => {
    connections += 1;
    const made = memoryTransport(
      plugged
        ? { path: READER_PATH }
        : { path: READER_PATH, openFault: { reason: 'missing', detail: 'No such file or directory' } },
    );
    if (plugged) {
      device = made.device;
      device.onWrite((bytes) => {
        // At another rate it hears nothing that it would understand.
        if (baudRate === simulator.baudRate()) simulator.receive(bytes);
      });
    }
    return made.transport;
  });
  function unplug(): void {
    plugged = false;
    device?.unplug('bad file descriptor');
    simulator.losePower();
  }
  function plug(): void {
    plugged = true;
    connector.appear();
  }
  const reader = createIdCardReader({
    device: options.device ?? READER,
    timers,
    connector,
    report: (report) => {
      reports.push(report);
    },
  });
  const last = (type: DriverReport['type']) => reports.findLast((report) => report.type === type);
  return {
    timers,
    simulator,
    /** How the reader misbehaves from now on, in the words of a fault script. */
    misbehave(how: string) {
      faults.set(script(how));
    },
    /** What happens behind everything that the reader says. */
    afterSaying(then: (bytes: Uint8Array) => void) {
      afterSaying = then;
    },
    reader,
    reports,
    connections: () => connections,
    /** The reports without device states, by their type and fault. */
    cards: () =>
      reports
        .filter((report) => report.type.startsWith('card.'))
        .map((report) => (report.type === 'card.fault' ? `fault ${report.fault}` : report.type.slice(5))),
    states: () => reports.flatMap((report) => (report.type === 'device' ? [report.state] : [])),
    last,
    /** Ready, and no card lies there. */
    ready: () => timers.until(() => reports.some((each) => each.type === 'card.removed')),
    until: (type: DriverReport['type']) => {
      const before = reports.length;
      return timers.until(() => reports.slice(before).some((report) => report.type === type));
    },
    /** The line is lost and the reader keeps its power, as when the drivers' process ends. */
    loseLine() {
      device?.unplug('bad file descriptor');
    },
    unplug,
    plug,
  };
}

import type { Device, LineScannerDevice, ReaderDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDriver } from '#drivers/hub/create-driver.ts';
import { scriptedFaults } from '#drivers/simulator/fault-run.ts';
import { createLineScannerSimulator } from '#drivers/simulator/line-scanner.ts';
import type { SdtModel } from '#drivers/simulator/sdt-module.ts';
import { STRICT_MODEL } from '#drivers/simulator/sdt-module.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { problemOf } from '#station/session/card-intake.ts';
import { type ManualTimers, manualTimers } from '../manual-timers.ts';
import { CARD, manualConnector, READER } from '../reader/reader-bench.ts';
import { script } from '../simulator/script.ts';
import { hidWire, memoryWire, type Wire } from './wires.ts';

/** What came of one fault. Times are simulated milliseconds from the card or code being laid down or held up. */
export interface Outcome {
  /** In the order it is shown: problems of the card's or code's step, then what ended them. */
  readonly citizen: string;
  /** States of the device with their details, without what it said before the fault. */
  readonly technician: string;
  readonly recovered: number;
}

/** Milliseconds in which somebody lifts a card and lays it down again, or holds a code up again. */
const HANDS = 500;
const PATIENCE = 3000;
const LONGEST = 120_000;

function driven(device: Device, wire: Wire, timers: ManualTimers, reports: DriverReport[]) {
  const connector = manualConnector(wire.connect);
  const driver = createDriver(device, { connector, timers, report: (report) => reports.push(report) });
  const cable = {
    unplug: wire.unplug,
    plug() {
      wire.plug();
      connector.appear();
    },
  };
  return { driver, cable };
}

function technicianSees(reports: readonly DriverReport[]): string {
  const states = reports.flatMap((report) => {
    if (report.type !== 'device') return [];
    return [report.detail === null ? report.state : `${report.state} (${report.detail})`];
  });
  return withoutRepeats(['ready', ...states])
    .join(', ')
    .replaceAll(/\/\S+\/hidraw0/g, '/dev/hidraw0');
}

function citizenSees(report: DriverReport): readonly string[] {
  if (report.type === 'card.fault') return [problemOf(report.fault)];
  const isAway = report.type === 'device' && (report.state === 'absent' || report.state === 'connecting');
  return isAway ? ['reader-missing'] : [];
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
const withoutRepeats = (words: readonly string[]) => words.filter((word, at) => word !== words[at - 1]);

/** Models of readers that the table has. */
export const READERS: Readonly<
  Record<string, { readonly device: ReaderDevice; readonly model: SdtModel; readonly wire: () => Wire }>
> = {
  'SDT, serial': { device: READER, model: STRICT_MODEL, wire: () => memoryWire('/dev/ttyUSB0') },
  'SDT, serial, finds read cards': {
    device: { ...READER, quirks: { ...READER.quirks, presence: 'find' } },
    model: { ...STRICT_MODEL, findsReadCards: true },
    wire: () => memoryWire('/dev/ttyUSB0'),
  },
  'SDT, HID': {
    device: {
      ...READER,
      connection: { transport: 'hid', path: '/dev/hidraw0', reportId: 0, reportSize: 64 },
    },
    model: STRICT_MODEL,
    wire: hidWire,
  },
  'SDT, TCP': {
    device: { ...READER, connection: { transport: 'tcp', host: 'gate-3', port: 4001 } },
    model: STRICT_MODEL,
    wire: () => memoryWire('gate-3:4001'),
  },
};

/** Somebody lays a card down and does what the screen says, until the card is read. */
export async function readThrough(kind: string, faultScript: string): Promise<Outcome> {
  const reader = READERS[kind];
  if (reader === undefined) throw new Error(`no reader is called ${kind}`);
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const wire = reader.wire();
  const faults = scriptedFaults();
  const { driver, cable } = driven(reader.device, wire, timers, reports);
  const simulator = createSdtReaderSimulator({
    baudRate: wire.rate,
    timers,
    faults,
    cable,
    model: reader.model,
    send: wire.send,
  });
  wire.onWrite((bytes) => simulator.receive(bytes));
  await timers.until(() => reports.some(({ type }) => type === 'card.removed'));
  // A look for the card is never under way when it is laid down: rows differ by the fault alone.
  await timers.advance(100);
  const begin = timers.monotonic();
  const before = reports.length;
  faults.set(script(faultScript));
  driver.handle({ type: 'reader.read' });
  simulator.insert(CARD);
  const seen: string[] = [];
  let taken = before;
  while (!reports.slice(before).some(({ type }) => type === 'card.read')) {
    await timers.until(() => reports.length > taken, LONGEST);
    const fresh = reports.slice(taken);
    taken = reports.length;
    const problems = fresh.flatMap(citizenSees);
    seen.push(...problems);
    const last = problems.at(-1);
    // A machine that never reads is given up, too.
    if (last === 'refused' || timers.monotonic() - begin > LONGEST) break;
    if (last === undefined || last === 'reader-missing' || last === 'reader-out-of-service') continue;
    await timers.advance(HANDS);
    simulator.lift();
    await timers.advance(HANDS);
    driver.handle({ type: 'reader.read' });
    simulator.insert(CARD);
  }
  const reading = reports.find((report) => report.type === 'card.read');
  const read = reading !== undefined;
  if (read && !(sameBytes(reading.text, CARD.text) && sameBytes(reading.photo, CARD.photo)))
    throw new Error(`${kind}, ${faultScript}: half a card was taken for a whole one`);
  const recovered = timers.monotonic() - begin;
  await driver.stop();
  wire.close();
  return {
    citizen: [...withoutRepeats(seen), read ? 'read' : 'asks staff'].join(', '),
    technician: technicianSees(reports.slice(before)),
    recovered,
  };
}

const SCANNER: LineScannerDevice = {
  role: 'scanner',
  model: 'Line scanner',
  simulated: false,
  protocol: 'line',
  connection: { transport: 'serial', path: '/dev/ttyACM0', baudRate: 9600 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
};
const CODE = 'EIDP1:ABCDEFGHIJKLMNOP';

/** Somebody holds a phone to the scanner, again and again, until its code is read. */
export async function scanThrough(faultScript: string): Promise<Outcome> {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const wire = memoryWire('/dev/ttyACM0');
  const { driver, cable } = driven(SCANNER, wire, timers, reports);
  const faults = scriptedFaults();
  const simulator = createLineScannerSimulator({
    baudRate: 9600,
    suffix: 'cr',
    timers,
    faults,
    cable,
    send: wire.send,
  });
  driver.handle({ type: 'scanner.start' });
  await timers.until(() => reports.some((report) => report.type === 'device' && report.state === 'ready'));
  await timers.advance(1000);
  const begin = timers.monotonic();
  const before = reports.length;
  faults.set(script(faultScript));
  const isRead = () => reports.some((report) => report.type === 'scan' && report.text === CODE);
  let again: () => void = () => {};
  const show = () => {
    simulator.show(CODE);
    again = timers.after(PATIENCE, show);
  };
  show();
  await timers.until(isRead, LONGEST);
  again();
  const recovered = timers.monotonic() - begin;
  await driver.stop();
  const seen = reports.slice(before).flatMap((report) => {
    if (report.type === 'scan.refused') return ['not-ours'];
    return report.type === 'scan' ? [report.text === CODE ? 'read' : 'not-ours'] : [];
  });
  return {
    citizen: withoutRepeats(seen).join(', '),
    technician: technicianSees(reports.slice(before)),
    recovered,
  };
}

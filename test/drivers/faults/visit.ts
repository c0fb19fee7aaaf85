import type { ReaderDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { scriptedFaults } from '#drivers/simulator/fault-run.ts';
import type { SdtModel } from '#drivers/simulator/sdt-module.ts';
import { STRICT_MODEL } from '#drivers/simulator/sdt-module.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { problemOf } from '#station/session/card-intake.ts';
import { manualTimers } from '../manual-timers.ts';
import { CARD, READER } from '../reader/reader-bench.ts';
import { script } from '../simulator/script.ts';
import { driven, LONGEST, type Outcome, technicianSees, withoutRepeats } from './driven.ts';
import { hidWire, memoryWire, type Wire } from './wires.ts';

/** Milliseconds in which somebody lifts a card and lays it down again. */
const HANDS = 500;

function citizenSees(report: DriverReport): readonly string[] {
  if (report.type === 'card.fault') return [problemOf(report.fault)];
  const isAway = report.type === 'device' && (report.state === 'absent' || report.state === 'connecting');
  return isAway ? ['reader-missing'] : [];
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

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
    wire: () => hidWire({ reportId: 0, reportSize: 64, reports: 'joined' }),
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
  const { driver, cable } = driven({ device: reader.device, wire, timers, reports });
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

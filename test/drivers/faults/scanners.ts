import type { Device, HidPosScannerDevice, LineScannerDevice, SsiScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { SSI } from '#drivers/framing/ssi.ts';
import { type ScriptedFaults, scriptedFaults } from '#drivers/simulator/fault-run.ts';
import type { Cable } from '#drivers/simulator/faulty-line.ts';
import { faultyLine } from '#drivers/simulator/faulty-line.ts';
import { createLineScannerSimulator } from '#drivers/simulator/line-scanner.ts';
import { hidPosReports } from '../framing/hid-pos-reports.ts';
import { type ManualTimers, manualTimers } from '../manual-timers.ts';
import { encode, HID_SCANNER, LINE_SCANNER, SSI_SCANNER, scannerBench } from '../scanner/scanner-bench.ts';
import { simulatedNewland } from '../scanner/simulated-newland.ts';
import { simulatedSsi } from '../scanner/simulated-ssi.ts';
import { script } from '../simulator/script.ts';
import { driven, isReady, LONGEST, type Outcome, technicianSees, withoutRepeats } from './driven.ts';
import { hidWire, memoryWire, type Wire } from './wires.ts';

/** Milliseconds after which somebody holds a code up again. */
const PATIENCE = 3000;
const CODE = 'EIDP1:ABCDEFGHIJKLMNOP';
/** Of more than one report. */
const LONG_CODE = `EIDP1:${'ABCDEFGHIJKLMNOP'.repeat(5)}`;

/** A scanner on its driver, on the clock of the test. */
interface Counter {
  readonly timers: ManualTimers;
  readonly reports: readonly DriverReport[];
  readonly code: string;
  /** A code is wanted. */
  readonly start: () => void;
  /** Holds the code in front of it. */
  readonly show: () => void;
  readonly stop: () => Promise<void>;
}

function counter(options: {
  readonly device: Device;
  readonly wire: Wire;
  readonly code: string;
  readonly simulate: (parts: { readonly timers: ManualTimers; readonly cable: Cable }) => () => void;
}): Counter {
  const { device, wire, code, simulate } = options;
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const { driver, cable } = driven({ device, wire, timers, reports });
  return {
    timers,
    reports,
    code,
    start: () => driver.handle({ type: 'scanner.start' }),
    show: simulate({ timers, cable }),
    async stop() {
      await driver.stop();
      wire.close();
    },
  };
}

const LINE: LineScannerDevice = {
  ...LINE_SCANNER,
  connection: { transport: 'serial', path: '/dev/ttyACM0', baudRate: 9600 },
};

function lineScanner(faults: ScriptedFaults): Counter {
  const wire = memoryWire('/dev/ttyACM0');
  return counter({
    device: LINE,
    wire,
    code: CODE,
    simulate(parts) {
      const simulator = createLineScannerSimulator({
        ...parts,
        baudRate: 9600,
        suffix: 'cr',
        faults,
        send: wire.send,
      });
      return () => simulator.show(CODE);
    },
  });
}

/** Told when to look, and stops looking after a code. The script befalls the codes, not the answers. */
async function newlandScanner(faults: ScriptedFaults): Promise<Counter> {
  const bench = await scannerBench({ ...LINE, trigger: 'newland' });
  const line = faultyLine({
    baudRate: () => 9600,
    timers: bench.timers,
    send: bench.send,
    cable: bench,
    // It forgets to look; having seen the code, it does not look anyway.
    powerLost: () => {},
  });
  const scanner = simulatedNewland({
    ...bench,
    answer: (listener) =>
      bench.answer((bytes) => {
        if (!line.deaf()) listener(bytes);
      }),
    send(data) {
      if (line.deaf()) return;
      const frame = typeof data === 'string' ? encode(data) : data;
      const isAnswer = frame[0] === 0x02;
      line.say({ after: 0, frame, faults: isAnswer ? [] : faults.meet('scan') });
    },
  });
  return {
    timers: bench.timers,
    reports: bench.reports,
    code: CODE,
    start: bench.start,
    show() {
      if (!line.deaf()) scanner.show(CODE);
    },
    stop: () => bench.scanner.stop(),
  };
}

const SSI_DEVICE: SsiScannerDevice = {
  ...SSI_SCANNER,
  connection: { transport: 'serial', path: '/dev/ttyACM0', baudRate: 9600 },
};

/** Looks when it is told to, until it has seen a code, which it repeats until that is acknowledged. */
function ssiScanner(faults: ScriptedFaults): Counter {
  const wire = memoryWire('/dev/ttyACM0');
  return counter({
    device: SSI_DEVICE,
    wire,
    code: CODE,
    simulate({ timers, cable }) {
      const line = faultyLine({
        baudRate: () => 9600,
        timers,
        send: wire.send,
        cable,
        powerLost: switchOn,
      });
      let scanner: ReturnType<typeof simulatedSsi>;
      /** Commands that it has heard when it saw a code last. */
      let seenAt: number;
      function switchOn(): void {
        const fresh = simulatedSsi({
          timers,
          send(frame) {
            if (fresh !== scanner || line.deaf()) return;
            line.say({ after: 0, frame, faults: frame[1] === SSI.decodeData ? faults.meet('scan') : [] });
          },
        });
        scanner = fresh;
        seenAt = 0;
      }
      switchOn();
      wire.onWrite((bytes) => {
        if (!line.deaf()) scanner.receive(bytes);
      });
      return () => {
        const looks = scanner.heard().indexOf(SSI.startSession, seenAt) >= 0;
        if (!looks || line.deaf()) return;
        seenAt = scanner.heard().length;
        scanner.show(CODE);
      };
    },
  });
}

/** Bytes of a report without its id. */
const HID_REPORT = 63;
const HID: HidPosScannerDevice = {
  ...HID_SCANNER,
  connection: { transport: 'hid', path: '/dev/hidraw0', reportId: 2, reportSize: HID_REPORT },
};

/** Bytes of the script count without the reports' ids: 63 to a report. */
function hidScanner(faults: ScriptedFaults): Counter {
  const wire = hidWire({ reportId: 2, reportSize: HID_REPORT, reports: 'whole' });
  const reports = hidPosReports({ layout: 'honeywell', data: encode(LONG_CODE) });
  const frame = Uint8Array.from(reports.flatMap((report) => [...report.subarray(1)]));
  return counter({
    device: HID,
    wire,
    code: LONG_CODE,
    simulate({ timers, cable }) {
      const line = faultyLine({
        // A report every millisecond: a piece is a number of whole ones.
        baudRate: () => HID_REPORT * 10_000,
        timers,
        send: wire.send,
        cable,
        powerLost: () => {},
      });
      return () => {
        if (!line.deaf()) line.say({ after: 0, frame, faults: faults.meet('scan') });
      };
    },
  });
}

/** Models of scanners that the table has. */
export const SCANNERS: Readonly<Record<string, (faults: ScriptedFaults) => Counter | Promise<Counter>>> = {
  'line scanner': lineScanner,
  'Newland scanner, serial': newlandScanner,
  'SSI scanner': ssiScanner,
  'HID scanner, Honeywell': hidScanner,
};

/** Somebody holds a phone to the scanner, again and again, until its code is read. */
export async function scanThrough(kind: string, faultScript: string): Promise<Outcome> {
  const setUp = SCANNERS[kind];
  if (setUp === undefined) throw new Error(`no scanner is called ${kind}`);
  const faults = scriptedFaults();
  const { timers, reports, code, start, show, stop } = await setUp(faults);
  start();
  await timers.until(() => isReady(reports));
  await timers.advance(1000);
  const begin = timers.monotonic();
  const before = reports.length;
  faults.set(script(faultScript));
  const isRead = () => reports.some((report) => report.type === 'scan' && report.text === code);
  let again: () => void = () => {};
  const showAgain = () => {
    show();
    again = timers.after(PATIENCE, showAgain);
  };
  showAgain();
  await timers.until(isRead, LONGEST);
  again();
  const recovered = timers.monotonic() - begin;
  const seen = reports.slice(before).flatMap((report) => {
    if (report.type === 'scan.refused') return ['not-ours'];
    return report.type === 'scan' ? [report.text === code ? 'read' : 'not-ours'] : [];
  });
  const technician = technicianSees(reports.slice(before));
  await stop();
  return { citizen: withoutRepeats(seen).join(', '), technician, recovered };
}

import type { EscPosPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { silentLog } from '#station/log/station-log.ts';
import { driverPrinter } from '#station/printing/driver-printer.ts';
import { slipStep } from '#station/session/slip-step.ts';
import { sampleSlip, sampleSlipCode } from '../../main/station/slip/sample-slip.ts';
import { manualTimers } from '../manual-timers.ts';
import { driven, LONGEST } from './driven.ts';
import { memoryWire } from './wires.ts';

const PATH = '/dev/ttyUSB1';
const PRINTER: EscPosPrinterDevice = {
  role: 'printer',
  model: 'Receipt printer',
  simulated: true,
  protocol: 'escpos',
  connection: { transport: 'serial', path: PATH, baudRate: 115200 },
  columns: 48,
  cutter: true,
};
const CONTENTS = {
  packetId: sampleSlip.packetId,
  maskedName: '林**',
  maskedNumber: '440***********002X',
  application: 'full',
  at: sampleSlip.createdAt,
  station: '天河政务服务中心 7 号机',
  sequence: sampleSlip.sequence,
  state: 'issued',
  statement: sampleSlipCode(),
  language: 'zh-CN',
  simulated: true,
} as const;

export type SlipStand = ReturnType<typeof slipStand>;

/** A simulated printer on its driver, which the station's own parts ask for slips. */
export function slipStand() {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const listeners = new Set<(report: DriverReport) => void>();
  const wire = memoryWire(PATH);
  const paper = [printerWithPower()];
  let hasPower = true;
  /** So many bytes of the next slip come through; then the plug is pulled. */
  let unplugAfter: number | null = null;

  const printer = () => {
    const last = paper.at(-1);
    if (last === undefined) throw new Error('there is no printer');
    return last;
  };
  function printerWithPower() {
    const fresh = createEscPosPrinterSimulator({
      columns: PRINTER.columns,
      timers,
      pace: 1,
      send(bytes) {
        if (hasPower && fresh === printer()) wire.send(bytes);
      },
    });
    return fresh;
  }

  const { driver, cable } = driven({
    device: PRINTER,
    wire,
    timers,
    reports,
    onReport(report) {
      for (const listener of [...listeners]) listener(report);
    },
  });
  wire.onWrite((bytes) => {
    if (!hasPower) return;
    // A question to the printer is shorter.
    if (unplugAfter === null || bytes.length <= unplugAfter) return printer().receive(bytes);
    printer().receive(bytes.subarray(0, unplugAfter));
    unplugAfter = null;
    cable.unplug();
  });
  const slips = slipStep({
    slipPrinter: driverPrinter({
      timers,
      drivers: {
        send(command) {
          if (command.type === 'printer.print') driver.handle(command);
        },
        onReport(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        device: () => reports.findLast((report) => report.type === 'device') ?? null,
      },
    }),
    drawSlip: () => {
      throw new Error('a receipt printer is sent no page');
    },
    audit: { record: () => {} },
    log: silentLog,
    timers,
  });

  return {
    timers,
    reports,
    cable,
    printer,
    stop: () => driver.stop(),
    unplugAfter(bytes: number) {
      unplugAfter = bytes;
    },
    /** What was not printed is forgotten; the line stays alive. */
    powerOff() {
      hasPower = false;
      printer().set({ answers: 'silent' });
      paper.push(printerWithPower());
    },
    powerOn() {
      hasPower = true;
    },
    /** What was cut off, each as its text. */
    receipts: () => paper.flatMap((each) => each.receipts().map((lines) => lines.join('\n'))),
    /** Somebody waits for a slip; gives what the screen says of it in the end. */
    async print(meanwhile: () => Promise<void> = async () => {}): Promise<string> {
      const ended: string[] = [];
      slips.print(CONTENTS, (event) => ended.push(shown(event)));
      await meanwhile();
      await timers.until(() => ended.length > 0, LONGEST);
      return ended.join(', ');
    },
  };
}

/** As the slip's screen says it. */
function shown(event: StationEvent): string {
  if (event.type === 'slip.printed') return 'printed';
  if (event.type === 'slip.not-printed') return `not printed: ${event.reason}`;
  throw new Error(`${event.type} has nothing to do with slips`);
}

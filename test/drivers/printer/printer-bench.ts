import type { EscPosPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Receipt } from '#contract/receipt.ts';
import { THROW_AWAY } from '#drivers/printer/escpos-commands.ts';
import { createEscPosPrinter } from '#drivers/printer/escpos-printer.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { type MemoryDevice, memoryTransport } from '#drivers/transport/memory.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

const PATH = '/dev/bench-printer';
export const PRINTER = {
  role: 'printer',
  model: 'Bench printer',
  simulated: true,
  protocol: 'escpos',
  connection: { transport: 'serial', path: PATH, baudRate: 19200 },
  columns: 48,
  cutter: true,
} as const satisfies EscPosPrinterDevice;

export const RECEIPT: Receipt = [
  { kind: 'text', text: '办理回执', size: 'double', align: 'centre', bold: true },
  { kind: 'rule' },
  { kind: 'fact', name: '姓名', value: '林**' },
  { kind: 'text', text: 'Please keep this receipt.', size: 'usual', align: 'left', bold: false },
  { kind: 'qr', text: 'EIDS1:ABC' },
];
export const RECEIPT_ON_PAPER = [
  `${' '.repeat(16)}办理回执`,
  '-'.repeat(48),
  `姓名${' '.repeat(40)}林**`,
  'Please keep this receipt.',
  '[QR 6: EIDS1:ABC]',
  '',
];

/** The driver on a simulated printer, in memory and on a clock that the test moves. */
export async function printerBench(
  change: Partial<EscPosPrinterDevice> = {},
  /** From the receipt on its line takes nothing more. */
  line: { readonly stuckAfterReceipt?: boolean } = {},
) {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const asked: string[] = [];
  /** The receipt is on its way. */
  const wasSent = () => asked.some((each) => each.startsWith('1b40'));
  let plugged = true;
  let isDeaf = false;
  let device: MemoryDevice | null = null;
  const simulator = createEscPosPrinterSimulator({
    columns: change.columns ?? 48,
    timers,
    send: (bytes) => device?.emit(bytes),
    pace: 20,
  });
  const connector = manualConnector(() => {
    const made = memoryTransport({
      path: PATH,
      ...(plugged ? {} : { openFault: { reason: 'missing', detail: 'No such file or directory' } as const }),
    });
    device = plugged ? made.device : null;
    made.device.onWrite((bytes) => {
      asked.push(Buffer.from(bytes).toString('hex'));
      const isQuestion = bytes[0] === 0x10 && bytes[1] === 0x04;
      if (isDeaf && isQuestion && wasSent() && simulator.receipts().length === 0) return;
      simulator.receive(bytes);
    });
    if (!line.stuckAfterReceipt) return made.transport;
    return {
      ...made.transport,
      write: (bytes) => (wasSent() ? new Promise(() => {}) : made.transport.write(bytes)),
    };
  });
  const printer = createEscPosPrinter({
    device: { ...PRINTER, ...change },
    timers,
    connector,
    report: (report) => reports.push(report),
  });
  let request = 0;
  const outcomes = () =>
    reports.flatMap((report) =>
      report.type === 'printed' ? [`${report.request} ${report.fault ?? 'printed'}`] : [],
    );
  return {
    timers,
    simulator,
    printer,
    reports,
    asked,
    outcomes,
    print() {
      request += 1;
      printer.handle({ type: 'printer.print', request, document: { kind: 'receipt', lines: RECEIPT } });
      return request;
    },
    /** What became of each print, once the last one ended. */
    async ended() {
      await timers.until(() => outcomes().some((outcome) => outcome.startsWith(`${request} `)));
      return outcomes();
    },
    states: () =>
      reports.flatMap((report) =>
        report.type === 'device'
          ? [report.detail === null ? report.state : `${report.state}: ${report.detail}`]
          : [],
      ),
    lastState: () => reports.findLast((report) => report.type === 'device'),
    emit: (...octets: readonly number[]) => device?.emit(Uint8Array.from(octets)),
    isOpen: () => device?.isOpen ?? false,
    /** It forgets what it has not printed, and answers nothing. */
    losePower() {
      simulator.receive(THROW_AWAY);
      simulator.set({ answers: 'silent' });
    },
    /** Its real-time questions are passed over until the receipt is out. */
    deafWhilePrinting() {
      isDeaf = true;
    },
    unplug() {
      plugged = false;
      device?.unplug();
    },
    plug() {
      plugged = true;
      connector.appear();
    },
  };
}

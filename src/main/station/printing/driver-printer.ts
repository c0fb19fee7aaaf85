import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { PrintDocument } from '#contract/receipt.ts';
import { err, ok } from '#domain/result.ts';
import type { SlipFault } from '#domain/session/snapshot.ts';
import type { Timers } from '#drivers/timers.ts';
import type { SlipPrinter } from '#station/ports.ts';

/** The drivers give up sooner by themselves; this is for when their word is lost. */
const PRINT_LIMIT = 90_000;

/** What a printer needs of the drivers; the driver link is one. */
export interface PrinterDrivers {
  send(command: DriverCommand): void;
  onReport(listener: (report: DriverReport) => void): () => void;
  device(role: 'printer'): Extract<DriverReport, { type: 'device' }> | null;
}

/**
 * Prints on whatever printer is configured now. Which paper it has is learnt from the printer: a receipt is offered
 * first, and one that prints pages refuses it at once.
 */
export function driverPrinter(options: {
  readonly drivers: PrinterDrivers;
  readonly timers: Timers;
}): SlipPrinter {
  const { drivers, timers } = options;
  let lastRequest = 0;

  function print(document: PrintDocument): Promise<SlipFault | null> {
    lastRequest += 1;
    const request = lastRequest;
    return new Promise((resolve) => {
      const settle = (fault: SlipFault | null) => {
        cancelLimit();
        stopListening();
        resolve(fault);
      };
      const cancelLimit = timers.after(PRINT_LIMIT, () => settle('unknown'));
      const stopListening = drivers.onReport((report) => {
        if (report.type === 'printed' && report.request === request) settle(report.fault);
        // The drivers began anew, or drive other devices: nobody will say any more what became of it.
        if (report.type === 'device' && report.role === 'printer' && report.state === 'connecting')
          settle('unknown');
      });
      drivers.send({ type: 'printer.print', request, document });
    });
  }

  return {
    async print(slip) {
      const state = drivers.device('printer')?.state ?? null;
      if (state === null) return err('no-printer');
      if (state === 'absent' || state === 'connecting') return err('offline');
      let fault = await print({ kind: 'receipt', lines: [...slip.receipt()] });
      if (fault === 'no-printer') {
        const bytes = await slip.pdf();
        fault = await print({ kind: 'pdf', bytes });
        bytes.fill(0);
      }
      return fault === null ? ok(undefined) : err(fault);
    },
  };
}

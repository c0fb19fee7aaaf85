import type { PrinterDevice } from '#contract/device.ts';
import type { PrintFault } from '#contract/receipt.ts';
import { testPage } from './test-page.ts';
import { failed, passed, skipped } from './trial-steps.ts';
import type { TrialParts } from './try-device.ts';
import { watchDriver } from './watched-driver.ts';

/** Milliseconds that a page may take, from the queue to the tray. */
const PAGE_LIMIT = 60_000;
const REQUEST = 1;

const ADVICE: Readonly<Record<PrintFault, string>> = {
  'no-printer': 'there is no printer.',
  'no-paper': 'no paper: put in a roll or a stack.',
  'cover-open': 'the cover is open: close it.',
  jammed: 'paper is jammed: open the cover and take it out.',
  offline: 'the printer is offline: switch it on, press its online button.',
  unknown: 'the printer fell silent while it printed: look whether a page came out.',
};

/** Asks a printer how it stands and, when wished, prints a page that holds nothing of anybody. */
export async function tryPrinter(device: PrinterDevice, parts: TrialParts): Promise<void> {
  const { connectorFor, timers, wish, steps } = parts;
  const driver = watchDriver({ device, connector: connectorFor(device), timers });
  try {
    if (!(await steps.run('status', () => driver.opened()))) return;
    await steps.run('test page', async () => {
      if (!wish.page) return skipped('no page was asked for');
      driver.handle({ type: 'printer.print', request: REQUEST, document: testPage(device) });
      const report = await driver.expect(
        (each) => each.type === 'printed' && each.request === REQUEST,
        PAGE_LIMIT,
      );
      if (report?.type !== 'printed') return failed('the printer does not say that the page is out.');
      return report.fault === null
        ? passed('printed: are both languages, the rule across the paper and the QR code there?')
        : failed(ADVICE[report.fault]);
    });
  } finally {
    await driver.stop();
  }
}

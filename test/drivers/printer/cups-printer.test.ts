import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CupsPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { Driver } from '#drivers/driver.ts';
import { isUnderWay, jobIdOf, queueStanding, wasGivenUp } from '#drivers/printer/cups-answers.ts';
import { createCupsPrinter } from '#drivers/printer/cups-printer.ts';
import { runCommand } from '#drivers/printer/run-command.ts';
import { eventually } from '../eventually.ts';
import { type ManualTimers, manualTimers } from '../manual-timers.ts';
import { cupsOnPath } from './cups-on-path.ts';

const DEVICE = {
  role: 'printer',
  model: 'Counter printer',
  simulated: false,
  protocol: 'cups',
  queue: 'counter',
  media: 'A5',
} as const satisfies CupsPrinterDevice;

let cups: ReturnType<typeof cupsOnPath>;
let driver: Driver | null = null;
let timers: ManualTimers;
let reports: DriverReport[];
beforeEach(() => {
  cups = cupsOnPath();
  timers = manualTimers();
  reports = [];
});
afterEach(async () => {
  await driver?.stop();
  driver = null;
  cups.close();
});

function start(device: CupsPrinterDevice = DEVICE): Driver {
  driver = createCupsPrinter({ device, timers, user: 'eid', report: (report) => reports.push(report) });
  return driver;
}
const lastState = () => reports.findLast((report) => report.type === 'device');
const told = (state: object) => eventually(() => expect(lastState()).toMatchObject(state));
const PAGE = 'a page that is 40 octets long, or nearly.';

function print(printer: Driver): void {
  printer.handle({
    type: 'printer.print',
    request: 3,
    document: { kind: 'pdf', bytes: new TextEncoder().encode(PAGE) },
  });
}
/** Moves on in the driver's time until the print has ended; the programs run in their own. */
async function ended() {
  return eventually(async () => {
    await timers.advance(1000);
    const report = reports.find((each) => each.type === 'printed');
    if (report?.type !== 'printed') throw new Error('still under way');
    return report.fault;
  });
}

describe('a queue of CUPS', () => {
  it('prints a page from its standard input, under a title that names nobody', async () => {
    const printer = start();
    await told({ state: 'ready', detail: null });
    print(printer);
    expect(await ended()).toBeNull();
    expect(cups.page()?.toString()).toBe(PAGE);
    expect(cups.words()).toBe('-d counter -o media=A5 -t receipt -');
  });

  it('waits until the page is out', async () => {
    cups.make('slow');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    await eventually(() => expect(cups.page()).not.toBeNull());
    await timers.advance(2000);
    expect(reports.some((report) => report.type === 'printed')).toBe(false);
    cups.finishJob();
    expect(await ended()).toBeNull();
  });

  it.each([
    ['media-empty-error', 'no-paper', 'fill the tray'],
    ['media-needed', 'no-paper', 'fill the tray'],
    ['media-jam-error', 'jammed', 'take the paper out'],
    ['cover-open-report', 'cover-open', 'close it'],
    ['door-open', 'cover-open', 'close it'],
    ['offline-report', 'offline', 'switched on'],
    ['fuser-over-temp-error', 'offline', 'fuser-over-temp'],
  ])('that reports %s is out of service and says what to do', async (alerts, fault, words) => {
    cups.make({ alerts });
    const printer = start();
    await told({ state: 'out-of-service', detail: expect.stringContaining(words) });
    print(printer);
    expect(await ended()).toBe(fault);
    expect(cups.page()).toBeNull();
  });

  it('that was stopped says how it is started', async () => {
    cups.make('disabled');
    start();
    await told({ state: 'out-of-service', detail: 'the queue is stopped: run "cupsenable counter"' });
  });

  it('stays ready while paper or toner runs out', async () => {
    cups.make({ alerts: 'media-low-warning' });
    start();
    await told({ state: 'ready', detail: 'paper is running out: fill the tray' });
  });

  it('is looked at sooner while it cannot print, and is well again by itself', async () => {
    cups.make({ alerts: 'media-empty' });
    start();
    await told({ state: 'out-of-service' });
    cups.mend('alerts');
    await timers.advance(5000);
    await told({ state: 'ready' });
  });

  it('whose paper ends under the page gives it up: it must not come out for the next citizen', async () => {
    cups.make({ alertsLater: 'media-empty-error' });
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    expect(await ended()).toBe('no-paper');
    expect(cups.wasCancelled()).toBe(true);
  });

  it('that keeps a page for too long leaves open whether it came out, and gives it up', async () => {
    cups.make('slow');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    expect(await ended()).toBe('unknown');
    expect(cups.wasCancelled()).toBe(true);
  });

  it('that gives the page up by itself has not printed it', async () => {
    cups.make({ jobAlerts: 'aborted-by-system' });
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    expect(await ended()).toBe('offline');
  });

  it('that takes no jobs has not printed it', async () => {
    cups.make('refuse');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    expect(await ended()).toBe('offline');
  });

  it('that cannot be looked at any more gives the page up, too', async () => {
    cups.make('slow');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    await eventually(() => expect(cups.page()).not.toBeNull());
    cups.uninstall('lpstat');
    expect(await ended()).toBe('unknown');
    expect(cups.wasCancelled()).toBe(true);
  });

  it('loses the page that is under way when the driver stops: it is of a session that is over', async () => {
    cups.make('slow');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    await eventually(() => expect(cups.page()).not.toBeNull());
    await printer.stop();
    expect(cups.wasCancelled()).toBe(true);
    expect(reports.some((report) => report.type === 'printed')).toBe(false);
  });

  it('keeps nobody waiting when the page cannot be cancelled', async () => {
    cups.make('slow');
    cups.make('hang-cancel');
    const printer = start();
    await told({ state: 'ready' });
    print(printer);
    await eventually(() => expect(cups.page()).not.toBeNull());
    const stopping = printer.stop();
    await timers.advance(1000);
    await stopping;
    expect(cups.wasCancelled()).toBe(false);
  });

  it('loses what an earlier run of the terminal left in it, and nobody else’s jobs', async () => {
    cups.make({
      leftovers: [
        ['counter-7', 'eid'],
        ['counter-8', 'root'],
        ['counter-9', 'eid'],
      ],
    });
    start();
    await told({ state: 'ready' });
    expect(cups.cancelledOthers()).toEqual(['counter-7', 'counter-9']);
  });

  it.each([
    ['a queue that does not exist', () => start({ ...DEVICE, queue: 'attic' }), 'attic'],
    [
      'CUPS that is down',
      () => {
        cups.make('down');
        return start();
      },
      'Unable to connect',
    ],
    [
      'CUPS that is not installed',
      () => {
        cups.uninstall();
        return start();
      },
      'install cups-client',
    ],
  ])('%s is absent, with the reason', async (_, begin, words) => {
    const printer = begin();
    await told({ state: 'absent', detail: expect.stringContaining(words) });
    print(printer);
    expect(await ended()).toBe('offline');
  });

  it('prints no narrow receipts', () => {
    start().handle({ type: 'printer.print', request: 5, document: { kind: 'receipt', lines: [] } });
    expect(reports).toContainEqual({ type: 'printed', request: 5, fault: 'no-printer' });
  });
});

describe('a program that does not end', () => {
  it('is ended, and counts as too slow', async () => {
    cups.make('hang');
    expect(
      await runCommand({ program: 'lp', words: ['-d', 'counter', '-o', 'media=A4'], limitMs: 100 }),
    ).toEqual({ ok: false, error: 'too-slow' });
  });
});

describe('what the programs say', () => {
  it('names the job, and no other queue’s', () => {
    expect(jobIdOf('request id is counter-12 (0 file(s))\n', 'counter')).toBe('counter-12');
    expect(jobIdOf('request id is attic-12 (1 file(s))\n', 'counter')).toBeNull();
    expect(jobIdOf('request id is counter-12;reboot (1 file(s))\n', 'counter')).toBeNull();
    expect(jobIdOf('lp: error\n', 'counter')).toBeNull();
  });

  it('is read for the queue that was meant', () => {
    const output =
      'printer counter-two is idle.\n\tAlerts: media-empty\nprinter counter is idle.\n\tAlerts: none\n';
    expect(queueStanding(output, 'counter')).toEqual({ fault: null, detail: null });
    expect(queueStanding(output, 'count')).toBeNull();
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        queueStanding(`printer counter ${text}`, 'counter');
        isUnderWay(text, 'counter-1');
        wasGivenUp(`counter-1 ${text}`, 'counter-1');
        jobIdOf(text, 'counter');
      }),
    );
  });
});

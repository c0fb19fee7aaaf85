import { userInfo } from 'node:os';
import type { CupsPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { tellingDeviceState } from '../connection/device-state.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { cupsQueue } from './cups-queue.ts';

/** Milliseconds between two looks at a queue with nothing to do; each starts a program. */
const LOOK_PAUSE = 30_000;
/** ... and at one that cannot print. */
const MENDING_PAUSE = 5000;

/** Prints pages on a queue of CUPS, one after the other, and tells how the queue stands. */
export function createCupsPrinter(
  options: Pick<DriverParts, 'timers' | 'report'> & {
    readonly device: CupsPrinterDevice;
    /** The account whose jobs are ours. */
    readonly user?: string;
  },
): Driver {
  const { device, timers, user = ownAccount() } = options;
  const health = new HealthCount();
  const queue = cupsQueue({ device, user, timers });
  /** What an earlier run left in the queue is gone. */
  let isCleared = false;
  let wasWell = false;
  let isPrinting = false;
  let stopped = false;
  let cancelPause: () => void = () => {};

  const report = (message: DriverReport) => {
    if (!stopped) options.report(message);
  };
  const state = tellingDeviceState({ device, health: () => health.counts, report });

  async function clear(): Promise<void> {
    if (!isCleared) isCleared = await queue.cancelLeftovers();
  }

  async function look(): Promise<void> {
    cancelPause();
    // Not while a page of ours is in the queue.
    if (!isPrinting) await clear();
    const standing = await queue.standing();
    if (stopped) return;
    const isWell = standing.ok && standing.value.fault === null;
    if (isWell && !wasWell) health.add('connections');
    wasWell = isWell;
    if (!standing.ok) state.tell('absent', standing.error.detail);
    else state.tell(isWell ? 'ready' : 'out-of-service', standing.value.detail);
    cancelPause();
    cancelPause = timers.after(isWell ? LOOK_PAUSE : MENDING_PAUSE, () => void look());
  }

  async function print(request: number, pdf: Uint8Array): Promise<void> {
    isPrinting = true;
    const fault = await queue.print(pdf);
    isPrinting = false;
    pdf.fill(0);
    health.add(fault === null ? 'frames' : 'damaged');
    report({ type: 'printed', request, fault });
    if (!stopped) await look();
  }

  state.tell('connecting', null);
  void look();

  return {
    handle(command) {
      if (command.type !== 'printer.print' || stopped) return;
      const { request, document } = command;
      // A receipt has no place on a page: the station learns so which printer it has.
      if (document.kind === 'receipt') return report({ type: 'printed', request, fault: 'no-printer' });
      // One page at a time: the station asks for the next when it knows what became of this one.
      if (isPrinting) return report({ type: 'printed', request, fault: 'offline' });
      void print(request, document.bytes);
    },
    health: () => health.counts,
    async stop() {
      stopped = true;
      cancelPause();
      // What comes out after the session would come out for the next citizen.
      await queue.abandon();
    },
  };
}

/** The account that this program runs as; one without an entry has no name, and no job is known as its own. */
function ownAccount(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

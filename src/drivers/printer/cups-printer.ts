import type { CupsPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { type Driver, type DriverParts, HealthCount } from '../driver.ts';
import { cupsQueue } from './cups-queue.ts';

/** Milliseconds between two looks at a queue with nothing to do; each starts a program. */
const LOOK_PAUSE = 30_000;
/** ... and at one that cannot print. */
const MENDING_PAUSE = 5000;

/** Prints pages on a queue of CUPS, one after the other, and tells how the queue stands. */
export function createCupsPrinter(
  options: Pick<DriverParts, 'timers' | 'report'> & { readonly device: CupsPrinterDevice },
): Driver {
  const { device, timers } = options;
  const health = new HealthCount();
  const queue = cupsQueue({ device, timers });
  let told = '';
  let isPrinting = false;
  let stopped = false;
  let cancelPause: () => void = () => {};

  const report = (message: DriverReport) => {
    if (!stopped) options.report(message);
  };
  function tell(state: 'absent' | 'connecting' | 'ready' | 'out-of-service', detail: string | null): void {
    if (told === `${state} ${detail}`) return;
    told = `${state} ${detail}`;
    if (state === 'ready') health.add('connections');
    report({
      type: 'device',
      role: 'printer',
      state,
      model: device.model,
      samId: null,
      simulated: device.simulated,
      detail: detail?.slice(0, 400) ?? null,
      health: health.counts,
    });
  }

  async function look(): Promise<void> {
    cancelPause();
    const standing = await queue.standing();
    if (stopped) return;
    if (!standing.ok) tell('absent', standing.error.detail);
    else tell(standing.value.fault === null ? 'ready' : 'out-of-service', standing.value.detail);
    const isWell = standing.ok && standing.value.fault === null;
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

  tell('connecting', null);
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
    },
  };
}

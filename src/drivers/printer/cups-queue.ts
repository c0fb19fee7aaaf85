import type { CupsPrinterDevice } from '#contract/device.ts';
import type { PrintFault } from '#contract/receipt.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '../timers.ts';
import { isUnderWay, jobIdOf, queueStanding, wasGivenUp } from './cups-answers.ts';
import type { PrinterStanding } from './printer-status.ts';
import { runCommand } from './run-command.ts';

const COMMAND_LIMIT = 10_000;
/** Milliseconds between two looks at a job. */
const JOB_PAUSE = 700;
/** A page that is not out by then is given up. */
const JOB_LIMIT = 45_000;

/** A queue of the machine's CUPS, by its own programs. */
export interface CupsQueue {
  /** `absent`: no CUPS, or no such queue. */
  standing(): Promise<Result<PrinterStanding, { readonly detail: string }>>;
  /** Ends when the page is out, or will not come. Null when it is out. */
  print(pdf: Uint8Array): Promise<PrintFault | null>;
}

export function cupsQueue(options: {
  readonly device: Pick<CupsPrinterDevice, 'queue' | 'media'>;
  readonly timers: Timers;
}): CupsQueue {
  const { timers } = options;
  const { queue, media } = options.device;
  const run = (program: 'lp' | 'lpstat' | 'cancel', words: readonly string[], input?: Uint8Array) =>
    runCommand({ program, words, limitMs: COMMAND_LIMIT, ...(input === undefined ? {} : { input }) });

  async function standing(): Promise<Result<PrinterStanding, { readonly detail: string }>> {
    const ended = await run('lpstat', ['-l', '-p', queue]);
    if (!ended.ok) {
      const detail =
        ended.error === 'missing' ? 'lpstat is missing: install cups-client' : 'CUPS does not answer';
      return err({ detail });
    }
    const told = queueStanding(ended.value.output, queue);
    if (told !== null && ended.value.code === 0) return ok(told);
    const complaint = ended.value.complaint.split('\n')[0] ?? '';
    return err({ detail: complaint === '' ? `CUPS has no queue "${queue}"` : complaint });
  }

  /** A page that comes out later would come out for somebody else. */
  async function giveUp(job: string, fault: PrintFault): Promise<PrintFault> {
    const cancelled = await run('cancel', [job]);
    return cancelled.ok && cancelled.value.code === 0 ? fault : 'unknown';
  }

  async function follow(job: string): Promise<PrintFault | null> {
    const end = timers.monotonic() + JOB_LIMIT;
    while (timers.monotonic() < end) {
      const under = await run('lpstat', ['-W', 'not-completed', '-o', queue]);
      if (!under.ok) return 'unknown';
      if (under.value.code === 0 && !isUnderWay(under.value.output, job)) {
        const past = await run('lpstat', ['-l', '-W', 'completed', '-o', queue]);
        return past.ok && wasGivenUp(past.value.output, job) ? 'offline' : null;
      }
      const now = await standing();
      if (now.ok && now.value.fault !== null) return giveUp(job, now.value.fault);
      await new Promise<void>((resolve) => timers.after(JOB_PAUSE, resolve));
    }
    return giveUp(job, 'unknown');
  }

  return {
    standing,
    async print(pdf) {
      const before = await standing();
      if (!before.ok) return 'offline';
      if (before.value.fault !== null) return before.value.fault;
      // The title is seen in the queue and on cover pages: it names nobody.
      const sent = await run('lp', ['-d', queue, '-o', `media=${media}`, '-t', 'receipt', '-'], pdf);
      if (!sent.ok) return sent.error === 'missing' ? 'offline' : 'unknown';
      const job = jobIdOf(sent.value.output, queue);
      if (sent.value.code !== 0) return 'offline';
      return job === null ? 'unknown' : follow(job);
    },
  };
}

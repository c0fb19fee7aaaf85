import type { CupsPrinterDevice } from '#contract/device.ts';
import type { PrintFault } from '#contract/receipt.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '../timers.ts';
import { isUnderWay, jobIdOf, jobsOf, queueStanding, wasGivenUp } from './cups-answers.ts';
import type { PrinterStanding } from './printer-status.ts';
import { runCommand } from './run-command.ts';

const COMMAND_LIMIT = 10_000;
/** Milliseconds between two looks at a job. */
const JOB_PAUSE = 700;
/** A page that is not out by then is given up. */
const JOB_LIMIT = 45_000;
/** What cancelling a page may take when the driver stops. */
const ABANDON_LIMIT = 800;

/** A queue of the machine's CUPS, by its own programs. */
export interface CupsQueue {
  /** `absent`: no CUPS, or no such queue. */
  standing(): Promise<Result<PrinterStanding, { readonly detail: string }>>;
  /** Ends when the page is out, or will not come. Null when it is out. */
  print(pdf: Uint8Array): Promise<PrintFault | null>;
  /**
   * Cancels the page that is under way, and ends its `print`: it is of a session that is over. Resolves when CUPS has
   * taken that, or will not within {@link ABANDON_LIMIT}.
   */
  abandon(): Promise<void>;
  /** Cancels what an earlier run of this program left in the queue. Whether the queue could be looked at. */
  cancelLeftovers(): Promise<boolean>;
}

/** A page that is under way. */
interface Page {
  /** Not known before CUPS has taken it. */
  job: string | null;
  abandoned: boolean;
  /** Ends the pause between two looks. */
  wake: () => void;
  ended: Promise<PrintFault | null>;
}

export function cupsQueue(options: {
  readonly device: Pick<CupsPrinterDevice, 'queue' | 'media'>;
  /** Whose jobs are ours: the account that this program runs as, as the queue names it. */
  readonly user: string;
  readonly timers: Timers;
}): CupsQueue {
  const { timers, user } = options;
  const { queue, media } = options.device;
  let under: Page | null = null;
  const run = (program: 'lp' | 'lpstat' | 'cancel', words: readonly string[], input?: Uint8Array) =>
    runCommand({ program, words, limitMs: COMMAND_LIMIT, ...(input === undefined ? {} : { input }) });
  const jobsUnderWay = () => run('lpstat', ['-W', 'not-completed', '-o', queue]);

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

  async function follow(page: Page, job: string): Promise<PrintFault | null> {
    const end = timers.monotonic() + JOB_LIMIT;
    while (timers.monotonic() < end && !page.abandoned) {
      const jobs = await jobsUnderWay();
      if (!jobs.ok) return giveUp(job, 'unknown');
      if (jobs.value.code === 0 && !isUnderWay(jobs.value.output, job)) {
        const past = await run('lpstat', ['-l', '-W', 'completed', '-o', queue]);
        if (!past.ok) return 'unknown';
        return wasGivenUp(past.value.output, job) ? 'offline' : null;
      }
      const now = await standing();
      if (now.ok && now.value.fault !== null) return giveUp(job, now.value.fault);
      if (!page.abandoned) await pause(page);
    }
    return giveUp(job, 'unknown');
  }

  function pause(page: Page): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(JOB_PAUSE, resolve);
      page.wake = () => {
        cancel();
        resolve();
      };
    });
  }

  async function send(page: Page, pdf: Uint8Array): Promise<PrintFault | null> {
    const before = await standing();
    if (!before.ok || page.abandoned) return 'offline';
    if (before.value.fault !== null) return before.value.fault;
    // The title is seen in the queue and on cover pages: it names nobody.
    const sent = await run('lp', ['-d', queue, '-o', `media=${media}`, '-t', 'receipt', '-'], pdf);
    if (!sent.ok) return sent.error === 'missing' ? 'offline' : 'unknown';
    if (sent.value.code !== 0) return 'offline';
    page.job = jobIdOf(sent.value.output, queue);
    return page.job === null ? 'unknown' : follow(page, page.job);
  }

  return {
    standing,
    async print(pdf) {
      const page: Page = { job: null, abandoned: false, wake: () => {}, ended: Promise.resolve(null) };
      under = page;
      page.ended = send(page, pdf);
      const fault = await page.ended;
      under = null;
      return fault;
    },
    async abandon() {
      const page = under;
      if (page === null) return;
      page.abandoned = true;
      page.wake();
      // One that is being handed over is cancelled as soon as its number is known; a look at it may take long.
      const cancelled = page.job === null ? page.ended : run('cancel', [page.job]);
      let cancelLimit: () => void = () => {};
      const limit = new Promise<void>((resolve) => {
        cancelLimit = timers.after(ABANDON_LIMIT, resolve);
      });
      await Promise.race([cancelled, limit]);
      cancelLimit();
    },
    async cancelLeftovers() {
      const jobs = await jobsUnderWay();
      if (!jobs.ok || jobs.value.code !== 0) return false;
      for (const job of jobsOf({ output: jobs.value.output, queue, user })) await run('cancel', [job]);
      return true;
    },
  };
}

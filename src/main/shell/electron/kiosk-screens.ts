import type { Timers } from '#drivers/timers.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { pageRestarts } from '../page-restarts.ts';
import { PAGE_RESTARTS } from '../restart-rule.ts';

/** Whose page stands on the screen. */
export type Face = 'citizen' | 'console';

/** One page in a window and a process of its own. */
export interface KioskPage {
  /** Settles when the page has loaded and its channel serves it. */
  readonly stands: Promise<void>;
  /** Called at most once, when the page's process ended by itself or hangs. */
  onLost(listener: (reason: string) => void): void;
  /** Runs a script in the page; rejects or never settles when it does not work. */
  ask(): Promise<unknown>;
  focus(): void;
  destroy(): void;
}

export interface KioskScreens {
  /** Puts a fresh page in the place of the one that stands, and ends that one's process. */
  show(face: Face): Promise<void>;
  face(): Face;
  /** The page is lost or hangs: another takes its place and shows the same screen. */
  lost(): void;
  ask(): Promise<unknown>;
  focus(): void;
  close(): void;
}

/** A page of ours loads from memory and disk; one that takes this long will never stand. */
const LOAD_LIMIT_MS = 20_000;

/**
 * Keeps exactly one page on the screen. A new page is opened before the old one goes, so that the display is never
 * empty; one change follows the other, for a crash may fall into the renewal at a session's end.
 */
export function kioskScreens(options: {
  readonly open: (face: Face) => KioskPage;
  readonly timers: Timers;
  readonly log: StationLog;
  /** Pages are lost again and again: the process has to start afresh. */
  readonly giveUp: () => void;
}): KioskScreens {
  const { log } = options;
  let shown: { readonly face: Face; readonly page: KioskPage } | null = null;
  let changing: Promise<void> = Promise.resolve();
  let closed = false;
  const restarts = pageRestarts({
    rule: PAGE_RESTARTS,
    timers: options.timers,
    restart: () => {
      replace(shown?.face ?? 'citizen').catch((error: unknown) => {
        log.error('renderer.not-renewed', { error });
        restarts.ended();
      });
    },
    giveUp: options.giveUp,
  });

  function replace(face: Face): Promise<void> {
    const next = changing.then(async () => {
      if (closed) return;
      const page = options.open(face);
      page.onLost((reason) => {
        log.error('renderer.lost', { reason });
        if (shown?.page === page) restarts.ended();
      });
      try {
        await within(page.stands, LOAD_LIMIT_MS, options.timers);
      } catch (error) {
        page.destroy();
        throw error;
      }
      const old = shown;
      shown = { face, page };
      old?.page.destroy();
    });
    // The one who asked hears of a failure; the next change is tried all the same.
    changing = next.catch(() => undefined);
    return next;
  }

  return {
    show: replace,
    face: () => shown?.face ?? 'citizen',
    lost: () => restarts.ended(),
    async ask() {
      await shown?.page.ask();
    },
    focus: () => shown?.page.focus(),
    close() {
      closed = true;
      restarts.stop();
      shown?.page.destroy();
    },
  };
}

function within<T>(promise: Promise<T>, limitMs: number, timers: Timers): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(limitMs, () => reject(new Error(`nothing came within ${limitMs} ms`)));
    promise.then(resolve, reject).finally(cancel);
  });
}

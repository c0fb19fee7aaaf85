import { backOff, type Timers } from '#drivers/timers.ts';
import type { ChildProcess } from '../ports.ts';
import { type ChildWatch, type Pong, watchChild } from './child-watch.ts';
import { endChild } from './end-child.ts';

/** A child that lived this long was well: the back-off begins anew. */
const WELL_AFTER = 30_000;

/** The part of a logger that is needed; pino fits. */
export interface ChildLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** One child process, kept alive while it is wanted. */
export interface KeptChild {
  /** Starts it, unless it is there or on its way. */
  begin(): void;
  /** False while it is not there. */
  post(message: unknown): boolean;
  /** It has answered a ping. */
  heard(pong: Pong): void;
  /** It has said something else: it has started. */
  spoke(): void;
  /** Ends one that does not do well; another one is started after a pause, longer with each in a row. */
  replace(how: 'asked' | 'killed'): void;
  /** Ends it and starts another one at once. */
  renew(): void;
  /** Ends it; there is none until it is begun again. */
  rest(how: 'asked' | 'killed'): void;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Keeps one child alive. Whatever becomes of it, nobody else falls: one that ends by itself is started again after a
 * pause, one that answers no pings is killed, and before a new one starts the old one is gone.
 */
export function keepChild(options: {
  readonly start: () => ChildProcess;
  /** What runs in it, in the plural, for the log. */
  readonly name: string;
  readonly timers: Timers;
  readonly log: ChildLog;
  /** Called with a fresh child, to be told what it has to know. */
  readonly onStart: () => void;
  readonly onMessage: (message: unknown) => void;
  /** Bytes of resident memory, told every second. */
  readonly onMemory: (memory: number) => void;
  /** It is not there any more, and what it had begun is lost. */
  readonly onGone: () => void;
  /** It was not well, and another one will be started. */
  readonly onAgain: () => void;
}): KeptChild {
  const { name, timers, log } = options;
  let child: ChildProcess | null = null;
  let watch: ChildWatch | null = null;
  let startedAt = 0;
  let failures = 0;
  let wanted = false;
  /** Ends when the last child that was given up is gone; null when none is leaving. */
  let leaving: Promise<void> | null = null;
  /** Of several starts that are under way only the one that was arranged last takes place. */
  let arrangement = 0;

  function startChild(): void {
    const fresh = options.start();
    child = fresh;
    startedAt = timers.monotonic();
    fresh.onMessage((message) => {
      // Not a last word from a child that was given up.
      if (fresh === child) options.onMessage(message);
    });
    fresh.onExit((code) => {
      if (fresh !== child) return;
      log.warn({ code }, `${name} ended unexpectedly`);
      letGo();
      startAgain();
    });
    watch = watchChild({
      post: (ping) => fresh.post(ping),
      timers,
      onDeaf: (unanswered) => {
        log.warn({ unanswered }, `${name} do not answer and are killed`);
        end('killed');
        startAgain();
      },
      onMemory: options.onMemory,
    });
    options.onStart();
  }

  function startAgain(): void {
    if (timers.monotonic() - startedAt > WELL_AFTER) failures = 0;
    const pause = backOff(failures);
    failures += 1;
    log.info({ pause }, `${name} are started again`);
    options.onAgain();
    startWhenFree(pause);
  }

  function startWhenFree(pause: number): void {
    arrangement += 1;
    const arranged = arrangement;
    const start = () => {
      if (arranged === arrangement && wanted) startChild();
    };
    // The old one has to let go of what it holds before the new one takes it.
    void (leaving ?? Promise.resolve()).then(() => {
      if (pause === 0) start();
      else timers.after(pause, start);
    });
  }

  function letGo(): ChildProcess | null {
    watch?.end();
    watch = null;
    const old = child;
    child = null;
    options.onGone();
    return old;
  }

  function end(how: 'asked' | 'killed'): void {
    const old = letGo();
    if (old === null) return;
    const gone = endChild(old, how, timers).then(() => {
      if (leaving === gone) leaving = null;
    });
    leaving = gone;
  }

  function rest(how: 'asked' | 'killed'): void {
    wanted = false;
    failures = 0;
    end(how);
  }

  return {
    begin() {
      if (wanted) return;
      wanted = true;
      if (leaving === null) startChild();
      else startWhenFree(0);
    },
    post(message) {
      child?.post(message);
      return child !== null;
    },
    heard: (pong) => watch?.heard(pong),
    spoke: () => watch?.spoke(),
    replace(how) {
      if (!wanted) return;
      end(how);
      startAgain();
    },
    renew() {
      if (!wanted) return;
      failures = 0;
      end('asked');
      startWhenFree(0);
    },
    rest,
    async stop() {
      rest('asked');
      await leaving;
    },
  };
}

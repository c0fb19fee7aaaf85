import type { RandomBytes } from '#domain/clock.ts';
import {
  advance,
  type FailureScope,
  initialSyncState,
  type SyncInput,
  type SyncJob,
  type SyncState,
} from './sync-machine.ts';

/** How a job ended, in the words of the state machine. */
export type JobOutcome =
  | { readonly kind: 'done'; readonly moreDecisions?: boolean }
  | {
      readonly kind: 'failed';
      readonly scope: FailureScope;
      readonly retryAfterMs: number | null;
    };

export interface SyncRunner {
  start(): void;
  /** Starts no more jobs and waits for those under way. */
  stop(): Promise<void>;
  /** There may be something new to do. */
  look(): void;
  /** A kept connection was closed from the other side. */
  connectionLost(): void;
  /** Sends a packet now, whatever rests, and tells how that ended. */
  deliverNow(packetId: string): Promise<JobOutcome>;
  /** Cuts every rest short: staff ask for it. */
  tryNow(): void;
  link(): SyncState['link'];
  /** For the console. */
  state(): SyncState;
}

/** Turns the pure machine: does its jobs, feeds back how they ended, and wakes it when it asked to be woken. */
export function syncRunner(options: {
  readonly run: (job: SyncJob) => Promise<JobOutcome>;
  /** Packets to send, oldest first, at most `limit`. */
  readonly waiting: (limit: number) => readonly string[];
  /** True while a packet waits; asked for the one that someone stands there for. */
  readonly isWaiting: (packetId: string) => boolean;
  readonly monotonic: () => number;
  readonly randomBytes: RandomBytes;
  readonly onChange: () => void;
}): SyncRunner {
  let state: SyncState = initialSyncState;
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  const underWay = new Set<Promise<void>>();
  const watchers = new Map<string, ((outcome: JobOutcome) => void)[]>();

  /** Enough to find new work behind packets that are under way or rest. */
  const LOOK_BEYOND = 16;

  function feed(input: SyncInput): void {
    const before = state.link;
    const step = advance(state, input);
    state = step.state;
    for (const job of step.start) begin(job);
    if (input.type === 'look') sleepUntil(step.lookAgainAt);
    if (state.link !== before) options.onChange();
  }

  function look(): void {
    if (!running) return;
    const { urgent } = state;
    const waiting = options.waiting(state.resting.size + LOOK_BEYOND);
    const first = urgent !== null && options.isWaiting(urgent) ? [urgent] : [];
    feed({ type: 'look', now: options.monotonic(), waiting: [...first, ...waiting] });
  }

  function begin(job: SyncJob): void {
    const work = options.run(job).then((outcome) => end(job, outcome));
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  function end(job: SyncJob, outcome: JobOutcome): void {
    const now = options.monotonic();
    if (outcome.kind === 'done') {
      feed({ type: 'done', now, job, ...(outcome.moreDecisions ? { moreDecisions: true } : {}) });
    } else {
      const random = (options.randomBytes(1)[0] ?? 0) / 255;
      feed({ type: 'failed', now, job, scope: outcome.scope, retryAfterMs: outcome.retryAfterMs, random });
    }
    if (job.kind === 'upload') {
      const waitingFor = watchers.get(job.packetId) ?? [];
      watchers.delete(job.packetId);
      for (const tell of waitingFor) tell(outcome);
    }
    look();
  }

  function sleepUntil(moment: number): void {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(0, moment - options.monotonic()));
    timer.unref();
  }

  return {
    start: () => {
      running = true;
      look();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      await Promise.all(underWay);
    },
    look,
    connectionLost: () => {
      if (!running) return;
      feed({ type: 'connection-lost', now: options.monotonic() });
      look();
    },
    deliverNow: (packetId) =>
      new Promise((resolve) => {
        if (!running) {
          resolve({ kind: 'failed', scope: 'link', retryAfterMs: null });
          return;
        }
        if (!options.isWaiting(packetId)) {
          resolve({ kind: 'done' });
          return;
        }
        watchers.set(packetId, [...(watchers.get(packetId) ?? []), resolve]);
        feed({ type: 'hurry', packetId });
        look();
      }),
    tryNow: () => {
      if (!running) return;
      feed({ type: 'try-now', now: options.monotonic() });
      look();
    },
    link: () => state.link,
    state: () => state,
  };
}

import type { Timers } from '#drivers/timers.ts';

/** Lets everything that is waiting for a promise run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that a test moves by hand. */
export interface ManualTimers extends Timers {
  /** Moves on, running what falls due in its order, and lets promises settle after each. */
  advance(milliseconds: number): Promise<void>;
  /** Moves on until the condition holds; gives up loudly after `limit` ms of its own time. */
  until(condition: () => boolean, limit?: number): Promise<void>;
}

export function manualTimers(): ManualTimers {
  let now = 0;
  let lastOrder = 0;
  const due: { readonly at: number; readonly order: number; readonly action: () => void }[] = [];

  function next(limit: number) {
    due.sort((a, b) => a.at - b.at || a.order - b.order);
    return due[0] && due[0].at <= limit ? due.shift() : undefined;
  }
  async function step(limit: number): Promise<boolean> {
    const timer = next(limit);
    if (!timer) return false;
    now = timer.at;
    timer.action();
    await settle();
    return true;
  }

  return {
    monotonic: () => now,
    after(milliseconds, action) {
      lastOrder += 1;
      const timer = { at: now + Math.max(0, milliseconds), order: lastOrder, action };
      due.push(timer);
      return () => {
        const index = due.indexOf(timer);
        if (index >= 0) due.splice(index, 1);
      };
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      while (await step(end));
      now = end;
    },
    async until(condition, limit = 60_000) {
      const end = now + limit;
      await settle();
      while (!condition()) {
        if (!(await step(end))) throw new Error(`nothing came of it within ${limit} ms of simulated time`);
      }
    },
  };
}

import type { Timers } from '../timers.ts';

/** Time that jumps to what comes next: whatever waits for nothing but time waits no longer. */
export interface FastClock extends Timers {
  /** Does what is due next; false when nothing waits. */
  turn(): Promise<boolean>;
}

export function fastClock(): FastClock {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly action: () => void }>();
  return {
    monotonic: () => now,
    after(milliseconds, action) {
      const timer = { at: now + Math.max(0, milliseconds), action };
      due.add(timer);
      return () => due.delete(timer);
    },
    async turn() {
      // Everything that waits for a promise goes first.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const [first, ...others] = due;
      if (first === undefined) return false;
      // Of two at the same time the one that was asked for first.
      const next = others.reduce((soonest, each) => (each.at < soonest.at ? each : soonest), first);
      due.delete(next);
      now = Math.max(now, next.at);
      next.action();
      await new Promise<void>((resolve) => setImmediate(resolve));
      return true;
    },
  };
}

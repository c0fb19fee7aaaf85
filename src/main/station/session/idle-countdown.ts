import type { Timers } from '#drivers/timers.ts';

/** Counts the seconds that are left of a warning and asks for a new picture with each. */
export function idleCountdown(options: {
  readonly timers: Timers;
  readonly lengthMs: number;
  readonly onSecond: () => void;
}): { follow(warned: boolean): void; secondsLeft(): number; stop(): void } {
  const { timers, lengthMs } = options;
  let since: number | null = null;
  let cancel: () => void = () => {};
  function tick(): void {
    cancel = timers.after(1000, () => {
      options.onSecond();
      tick();
    });
  }
  function stop(): void {
    cancel();
    since = null;
  }
  return {
    follow(warned) {
      if (warned && since === null) {
        since = timers.monotonic();
        tick();
      } else if (!warned) stop();
    },
    secondsLeft() {
      const elapsed = since === null ? 0 : timers.monotonic() - since;
      return Math.max(0, Math.ceil((lengthMs - elapsed) / 1000));
    },
    stop,
  };
}

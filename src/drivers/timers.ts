/** Time as a port for everything that waits. */
export interface Timers {
  /** Milliseconds from an arbitrary zero; never runs backwards. */
  monotonic(): number;
  /** Runs `action` once after `milliseconds`, unless the returned function is called first. */
  after(milliseconds: number, action: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonic: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Milliseconds to wait before the next attempt after `failures` failed ones in a row: 0.5, 1, 2, then 5 seconds. */
export function backOff(failures: number): number {
  return [500, 1000, 2000][Math.max(0, failures)] ?? 5000;
}

import type { Timers } from '../timers.ts';

/** Milliseconds between two pieces of what is said. */
const PACE_INTERVAL = 10;

/**
 * As bits a second, what a HID device of full speed sends: a report of 64 bytes every millisecond. A piece is then a
 * number of whole reports, so that only the last one of a frame is filled up with zeros.
 */
export const HID_RATE = 640_000;

export interface Utterance {
  /** Milliseconds of thought before the first byte. */
  readonly after: number;
  readonly bytes: Uint8Array;
  /** Called when the last byte is out. */
  readonly done?: () => void;
}

/** The way out of a simulated device: one thing after the other, and each as slowly as the line's rate allows. */
export interface PacedLine {
  say(utterance: Utterance): void;
  /** Everything that is not out yet is lost. */
  forget(): void;
}

export function pacedLine(options: {
  /** Bits a second, ten to a byte; asked anew for every piece. */
  readonly baudRate: () => number;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
}): PacedLine {
  const { timers } = options;
  const queue: Utterance[] = [];
  let cancel: (() => void) | null = null;

  function next(): void {
    const utterance = queue.shift();
    cancel = utterance ? timers.after(utterance.after, () => pace(utterance, 0)) : null;
  }
  function pace(utterance: Utterance, from: number): void {
    const { bytes, done } = utterance;
    if (from >= bytes.length) {
      // Whoever is told may make the line forget, or say more.
      const hadTimer = cancel;
      done?.();
      if (cancel === hadTimer) next();
      return;
    }
    const piece = Math.max(1, Math.floor((options.baudRate() / 10 / 1000) * PACE_INTERVAL));
    options.send(bytes.subarray(from, from + piece));
    cancel = timers.after(PACE_INTERVAL, () => pace(utterance, from + piece));
  }

  return {
    say(utterance) {
      queue.push(utterance);
      if (cancel === null) next();
    },
    forget() {
      queue.length = 0;
      cancel?.();
      cancel = null;
    },
  };
}

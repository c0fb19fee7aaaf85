import type { LineSuffix } from '../framing/line.ts';
import type { Timers } from '../timers.ts';

const SUFFIXES: Readonly<Record<LineSuffix, string>> = { cr: '\r', lf: '\n', crlf: '\r\n' };
const PACE_INTERVAL = 10;

export interface LineScannerSimulator {
  /** Holds a code in front of the scanner: its UTF-8 bytes and the suffix go out, paced as the line's rate allows. */
  show(text: string): void;
}

export function createLineScannerSimulator(options: {
  readonly baudRate: number;
  readonly suffix: LineSuffix;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
}): LineScannerSimulator {
  const bytesPerInterval = Math.max(1, Math.floor((options.baudRate / 10 / 1000) * PACE_INTERVAL));
  const queue: Uint8Array[] = [];
  function pace(bytes: Uint8Array, from: number): void {
    if (from >= bytes.length) {
      queue.shift();
      const next = queue[0];
      if (next) pace(next, 0);
      return;
    }
    options.send(bytes.subarray(from, from + bytesPerInterval));
    options.timers.after(PACE_INTERVAL, () => pace(bytes, from + bytesPerInterval));
  }
  return {
    show(text) {
      const bytes = new TextEncoder().encode(text + SUFFIXES[options.suffix]);
      queue.push(bytes);
      if (queue.length === 1) pace(bytes, 0);
    },
  };
}

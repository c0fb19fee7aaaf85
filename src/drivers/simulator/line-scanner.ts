import type { LineSuffix } from '../framing/line.ts';
import type { Timers } from '../timers.ts';
import type { ScriptedFaults } from './fault-run.ts';
import { scriptedFaults } from './fault-run.ts';
import type { FaultScript } from './fault-script.ts';
import type { Cable } from './faulty-line.ts';
import { faultyLine } from './faulty-line.ts';

const SUFFIXES: Readonly<Record<LineSuffix, string>> = { cr: '\r', lf: '\n', crlf: '\r\n' };

export interface LineScannerSimulator {
  /** Holds a code in front of the scanner: its UTF-8 bytes and the suffix go out, paced as the line's rate allows. */
  show(text: string): void;
  /** How it misbehaves from now on; an empty script makes it well-behaved. */
  play(script: FaultScript): void;
}

export function createLineScannerSimulator(options: {
  readonly baudRate: number;
  readonly suffix: LineSuffix;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
  /** A script that is shared with other devices; its own when left out. */
  readonly faults?: ScriptedFaults;
  /** Its plug, for faults that pull it. */
  readonly cable?: Cable;
}): LineScannerSimulator {
  const faults = options.faults ?? scriptedFaults();
  const line = faultyLine({
    baudRate: () => options.baudRate,
    timers: options.timers,
    send: options.send,
    cable: options.cable ?? null,
    powerLost: () => {},
  });
  return {
    play: (script) => faults.set(script),
    show(text) {
      // In the dark it sees nothing.
      if (line.deaf()) return;
      const frame = new TextEncoder().encode(text + SUFFIXES[options.suffix]);
      line.say({ after: 0, frame, faults: faults.meet('scan') });
    },
  };
}

import { assertNever } from '#domain/result.ts';
import type { Timers } from '../timers.ts';
import type { Disturbed } from './fault-run.ts';
import { disturb } from './fault-run.ts';
import type { Fault } from './fault-script.ts';
import { pacedLine } from './paced-line.ts';

/** What a fault script may do to the plug of a simulated device. */
export interface Cable {
  unplug(): void;
  plug(): void;
}

/** A device's paced way out, with what a fault script does to it. */
export interface FaultyLine {
  say(utterance: {
    /** Milliseconds of thought before the first byte. */
    readonly after: number;
    readonly frame: Uint8Array;
    readonly faults: readonly Fault[];
  }): void;
  /** Whether it hears nothing now. */
  deaf(): boolean;
  /** Everything that is not out yet is lost. */
  forget(): void;
}

export function faultyLine(options: {
  readonly baudRate: () => number;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
  readonly cable: Cable | null;
  /** The device forgets what it does not keep without power. */
  readonly powerLost: () => void;
}): FaultyLine {
  const { timers, cable } = options;
  const line = pacedLine(options);
  let deafUntil: number | null = null;

  function beDeaf(milliseconds: number): void {
    line.forget();
    const until = timers.monotonic() + milliseconds;
    deafUntil = until;
    timers.after(milliseconds, () => {
      if (deafUntil === until) deafUntil = null;
    });
  }
  function happen(what: Disturbed['afterwards']): void {
    switch (what.kind) {
      case 'nothing':
        return;
      case 'unplug': {
        line.forget();
        cable?.unplug();
        options.powerLost();
        if (what.backAfter !== null) timers.after(what.backAfter, () => cable?.plug());
        return;
      }
      case 'power-cycle':
        options.powerLost();
        beDeaf(what.milliseconds);
        return;
      case 'deaf':
        beDeaf(what.milliseconds);
        return;
      default:
        assertNever(what);
    }
  }

  return {
    say({ after, frame, faults }) {
      const { delay, bytes, afterwards } = disturb(frame, faults);
      line.say({ after: after + delay, bytes, done: () => happen(afterwards) });
    },
    deaf: () => deafUntil !== null,
    forget: () => line.forget(),
  };
}

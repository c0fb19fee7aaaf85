import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { SdtDeframer, SdtResponse } from '../framing/sdt.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import type { CommandFault, DeviceCommand } from './command.ts';
import { commandTimeout } from './command.ts';

/** Silence after which nothing more of an answer that has begun is expected, milliseconds. */
const INTER_BYTE_LIMIT = 1000;
/** Silence after bytes that made no frame. */
const DAMAGED_LIMIT = 300;
/** Silence that counts as a quiet line when coming back into step. */
const QUIET = 80;
/** A line that does not fall quiet within this time is not a reader's. */
const LONGEST_DRAIN = 5000;

export interface CommandSession {
  /**
   * Asks and waits for the answer. One command at a time: asking again before is a bug and throws. The first command
   * of a connection and the first after a fault bring the line into step before they are sent. A session that found no
   * barrier answers `no-barrier` from then on.
   */
  request(command: DeviceCommand): Promise<Result<SdtResponse, CommandFault>>;
  /** Finds out by one barrier alone whether anybody answers, and brings the line into step with it. */
  knock(): Promise<Result<void, CommandFault>>;
}

/** What is worth counting on a line, by the names of a device's health. */
export type LineEvent = 'frames' | 'damaged' | 'timeouts';

type Heard = Result<SdtResponse, CommandFault>;

/**
 * Commands over a line whose responses name neither their command nor a number. A late answer to a command that was
 * given up would be taken for the answer to the next one. So after every fault the line is listened to until it is
 * quiet, then a barrier command is sent. A reader answers in order: when the barrier's answer is there, everything asked
 * before has been answered or never will be. Each barrier's answer has a shape of its own, so that a barrier that was
 * given up is not taken for the next; when none is answered, only a new connection helps.
 */
export function createCommandSession(options: {
  readonly transport: Pick<Transport, 'write' | 'onData' | 'onEnd' | 'path'>;
  readonly deframer: SdtDeframer<SdtResponse>;
  readonly baudRate: number;
  /** Tried in turn. No two have answers of the same shape, and none shares it with a command that is asked often. */
  readonly barriers: readonly DeviceCommand[];
  readonly timers: Timers;
  /** Called once when the connection ends, after a waiting command was answered with `lost`. */
  readonly onLost: (detail: string) => void;
  /** Told of whole answers, of bytes that should have been some, and of silence. */
  readonly count?: (what: LineEvent, times: number) => void;
}): CommandSession {
  const { transport, deframer, timers } = options;
  const count = options.count ?? (() => {});
  let busy = false;
  let inStep = false;
  let lost: string | null = null;
  let hopeless = false;
  /** Whoever listens to the line now. */
  let listener: {
    bytes(): void;
    /** True when the frame was taken; whoever took it zeroes it. */
    frame(response: SdtResponse): boolean;
    end(detail: string): void;
  } | null = null;

  transport.onData((chunk) => {
    // Reports are filled up with zeros; outside of a frame they say nothing.
    if (deframer.pending() === 0 && chunk.every((byte) => byte === 0)) return;
    const spoiltBefore = spoiltFrames();
    const frames = deframer.push(chunk);
    for (const frame of frames) hear(frame);
    count('damaged', spoiltFrames() - spoiltBefore);
    listener?.bytes();
  });
  transport.onEnd((end) => {
    lost = end.cause ?? `${transport.path} was closed`;
    if (deframer.pending() > 0) count('damaged', 1);
    deframer.reset();
    listener?.end(lost);
    options.onLost(lost);
  });

  function hear(frame: SdtResponse): void {
    if (listener === null) inStep = false;
    if (listener?.frame(frame)) {
      count('frames', 1);
      return;
    }
    count('damaged', 1);
    // A late answer may hold a card.
    frame.data.fill(0);
  }

  function spoiltFrames(): number {
    const { badChecksums, badLengths, echoes } = deframer.counts();
    return badChecksums + badLengths + echoes;
  }

  /** Sends one command and hears one frame that `wanted` takes; other frames end it or are passed over. */
  function exchange(
    command: DeviceCommand,
    onStranger: 'fault' | 'ignore',
  ): Promise<Result<SdtResponse, CommandFault>> {
    return new Promise((resolve) => {
      deframer.reset();
      const spoiltBefore = spoiltFrames();
      const rubbishBefore = deframer.counts().skippedBytes;
      let cancelSilence: () => void = () => {};
      let cancelDeadline: () => void = () => {};
      const settle = (heard: Heard) => {
        cancelSilence();
        cancelDeadline();
        listener = null;
        resolve(heard);
      };
      const fail = (fault: CommandFault) => {
        if (fault.reason === 'timeout') count('timeouts', 1);
        // What the deframer saw of a broken frame it has counted already.
        const isNew = fault.reason === 'damaged' && spoiltFrames() === spoiltBefore;
        if (fault.reason === 'cut-short' || isNew) count('damaged', 1);
        settle(err(fault));
      };
      cancelDeadline = timers.after(commandTimeout(command, options.baudRate), () => {
        const received = deframer.pending();
        const damaged = spoiltFrames() > spoiltBefore || deframer.counts().skippedBytes > rubbishBefore;
        if (received > 0) fail({ reason: 'cut-short', received });
        else fail({ reason: damaged ? 'damaged' : 'timeout' });
      });
      listener = {
        frame(response) {
          const accepted = command.accepts(response);
          if (accepted) settle(ok(response));
          else if (onStranger === 'fault') fail({ reason: 'out-of-step' });
          return accepted;
        },
        bytes() {
          cancelSilence();
          const spoilt = spoiltFrames() > spoiltBefore;
          if (!spoilt && deframer.pending() === 0) return;
          cancelSilence = timers.after(spoilt ? DAMAGED_LIMIT : INTER_BYTE_LIMIT, () => {
            fail(spoilt ? { reason: 'damaged' } : { reason: 'cut-short', received: deframer.pending() });
          });
        },
        end: (detail) => fail({ reason: 'lost', detail }),
      };
      void transport.write(command.frame).then((written) => {
        if (!written.ok) fail({ reason: 'lost', detail: written.error.detail });
      });
    });
  }

  /** Listens until nothing has come for {@link QUIET} ms. Tells how many bytes-bearing chunks went by. */
  function drain(): Promise<Result<number, CommandFault>> {
    return new Promise((resolve) => {
      let heard = 0;
      let cancelQuiet: () => void = () => {};
      const settle = (result: Result<number, CommandFault>) => {
        cancelQuiet();
        cancelLimit();
        listener = null;
        deframer.reset();
        resolve(result);
      };
      const cancelLimit = timers.after(LONGEST_DRAIN, () => settle(err({ reason: 'no-barrier' })));
      const quiet = () => {
        cancelQuiet();
        cancelQuiet = timers.after(QUIET, () => settle(ok(heard)));
      };
      listener = {
        frame: () => false,
        bytes() {
          heard += 1;
          quiet();
        },
        end: (detail) => settle(err({ reason: 'lost', detail })),
      };
      quiet();
    });
  }

  async function comeIntoStep(barriers: readonly DeviceCommand[]): Promise<Result<void, CommandFault>> {
    for (const barrier of barriers) {
      const before = await drain();
      if (!before.ok) return before;
      const answer = await exchange(barrier, 'ignore');
      if (!answer.ok) {
        if (answer.error.reason === 'lost') return err(answer.error);
        continue;
      }
      // A late answer to an ordinary command may look like the barrier's; then the barrier's own follows it.
      const after = await drain();
      if (!after.ok) return after;
      if (after.value === 0) {
        inStep = true;
        return ok(undefined);
      }
    }
    return err({ reason: 'no-barrier' });
  }

  async function ask(command: DeviceCommand): Promise<Heard> {
    if (lost !== null) return err({ reason: 'lost', detail: lost });
    if (hopeless) return err({ reason: 'no-barrier' });
    if (!inStep) {
      const step = await comeIntoStep(options.barriers);
      if (!step.ok) {
        hopeless = true;
        return step;
      }
    }
    const heard = await exchange(command, 'fault');
    if (!heard.ok) inStep = false;
    return heard;
  }

  async function alone<Answer>(name: string, action: () => Promise<Answer>): Promise<Answer> {
    if (busy) throw new Error(`${name} was asked while another command is under way`);
    busy = true;
    try {
      return await action();
    } finally {
      busy = false;
    }
  }

  return {
    request: (command) => alone(command.name, () => ask(command)),
    knock: () =>
      alone('a knock', async () =>
        lost === null ? comeIntoStep(options.barriers.slice(0, 1)) : err({ reason: 'lost', detail: lost }),
      ),
  };
}

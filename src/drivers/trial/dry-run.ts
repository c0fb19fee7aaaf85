import { ok } from '#domain/result.ts';
import type { Connector } from '../hub/connector.ts';
import type { Recording } from '../recording/recording.ts';
import type { Timers } from '../timers.ts';
import { memoryTransport } from '../transport/memory.ts';

/** Milliseconds behind a question or the opening at which an answer comes. */
const ANSWER_TIME = 5;

/**
 * A recording as a device that is asked in another order than then, for a trial without the device. Each question gets
 * what was heard behind it, the first time the first answer and at last the last again; one that was not recorded gets
 * none. What came without a question, as a scanner's codes do, comes once after each opening.
 */
export function dryRunConnector(options: {
  readonly recording: Recording;
  readonly timers: Timers;
}): Connector {
  const { recording, timers } = options;
  const { unasked, answers } = heardBehind(recording);
  const times = new Map<string, number>();

  function answerTo(question: string): readonly Uint8Array[] {
    const recorded = answers.get(question) ?? [];
    const time = times.get(question) ?? 0;
    times.set(question, time + 1);
    return recorded[Math.min(time, recorded.length - 1)] ?? [];
  }

  return {
    async connect() {
      const { transport, device } = memoryTransport({ path: 'the recording' });
      const say = (chunks: readonly Uint8Array[], after: number) => {
        for (const [index, chunk] of chunks.entries())
          timers.after(after + index * ANSWER_TIME, () => device.emit(chunk));
      };
      device.onWrite((bytes) => say(answerTo(hexOf(bytes)), ANSWER_TIME));
      return ok({
        ...transport,
        async open() {
          const opened = await transport.open();
          // A scanner sends when somebody shows it a code, which is after it was opened and told to look.
          if (opened.ok) say(unasked, SHOWN_AFTER);
          return opened;
        },
      });
    },
    whenPresent: () => () => {},
  };
}

/** Milliseconds from the opening to the first code. */
const SHOWN_AFTER = 1000;

interface Heard {
  readonly unasked: readonly Uint8Array[];
  /** By the question's hexadecimal digits, one list of chunks for each time that it was asked. */
  readonly answers: ReadonlyMap<string, readonly (readonly Uint8Array[])[]>;
}

function heardBehind({ events }: Recording): Heard {
  const unasked: Uint8Array[] = [];
  const answers = new Map<string, Uint8Array[][]>();
  let behind: Uint8Array[] = unasked;
  for (const event of events) {
    if (event.kind === 'open') behind = unasked;
    if (event.kind === 'heard') behind.push(event.bytes);
    if (event.kind !== 'asked') continue;
    behind = [];
    const question = hexOf(event.bytes);
    const before = answers.get(question);
    if (before === undefined) answers.set(question, [behind]);
    else before.push(behind);
  }
  return { unasked, answers };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

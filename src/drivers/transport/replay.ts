import { assertNever, err, ok } from '#domain/result.ts';
import type { Mask } from '../recording/mask.ts';
import { maskFor } from '../recording/mask-traffic.ts';
import type { Recording, ToldCommand } from '../recording/recording.ts';
import type { Timers } from '../timers.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

type Event = Recording['events'][number];

/** The driver did something else than the recording has. */
export interface ReplayFault {
  /** Of the file, from 1. */
  readonly line: number;
  readonly reason: 'another-question' | 'recording-ended';
  readonly detail: string;
}

/** A recording, played as a device that is plugged in again and again. */
export interface Replay {
  /** The next recorded connection, and after the last one a device that is missing. */
  connect(): Transport;
  /** The first thing that the driver did otherwise; null while it does what was recorded. */
  fault(): ReplayFault | null;
  /** Whether everything that was recorded has been played. */
  finished(): boolean;
}

/**
 * Answers what was recorded when the recorded question is asked, in the recorded chunks. `pace`: with the recorded
 * pauses behind each question, or at once.
 */
export function replayRecording(options: {
  readonly recording: Recording;
  readonly timers: Timers;
  readonly pace: 'recorded' | 'at-once';
  /** What the station wanted from here on. */
  readonly onTold: (command: ToldCommand) => void;
}): Replay {
  const { recording, timers, pace } = options;
  const { events } = recording;
  const path = 'the recording';
  /** Behind the last of what there is to play. */
  const playedTo = events.findLastIndex(({ kind }) => kind !== 'stop') + 1;
  let next = 0;
  let fault: ReplayFault | null = null;

  const hexOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 24)).toString('hex').toUpperCase();
  function refuse(event: Event | undefined, asked: Uint8Array): TransportFault {
    const line = event?.line ?? events.at(-1)?.line ?? 1;
    const found: ReplayFault =
      event?.kind === 'asked'
        ? {
            line,
            reason: 'another-question',
            detail: `line ${line}: asked ${hexOf(asked)} where the recording has ${hexOf(event.bytes)}`,
          }
        : {
            line,
            reason: event === undefined || event.kind === 'stop' ? 'recording-ended' : 'another-question',
            detail: `line ${line}: asked ${hexOf(asked)} where the recording has no question`,
          };
    fault ??= found;
    return { reason: 'failed', detail: found.detail };
  }
  /** Commands of the station before the next connection. */
  function tellUpToConnection(): Event | undefined {
    for (;;) {
      const event = events[next];
      if (event === undefined || event.kind === 'stop' || event.kind === 'open') return event;
      if (event.kind === 'told') options.onTold(event.command);
      next += 1;
    }
  }

  /** Passes over what is left of this connection; what the station wanted is told. */
  function skipToEnd(): void {
    for (;;) {
      const event = events[next];
      if (event === undefined || event.kind === 'open' || event.kind === 'stop') return;
      next += 1;
      if (event.kind === 'told') options.onTold(event.command);
      if (event.kind === 'end') return;
    }
  }

  return {
    connect: () => replayConnection(),
    fault: () => fault,
    finished: () => next >= playedTo,
  };

  function replayConnection(): Transport {
    const mask: Mask = maskFor(recording.device);
    let state: 'new' | 'open' | 'ended' = 'new';
    let onData: (bytes: Uint8Array) => void = () => {};
    let onEnd: (end: TransportEnd) => void = () => {};
    let cancel: (() => void) | null = null;
    const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };

    function end(how: TransportEnd): void {
      cancel?.();
      cancel = null;
      if (state !== 'open') return;
      state = 'ended';
      onEnd(how);
    }
    /** Plays up to the next question, each event in a turn of its own, so that the driver takes one in before the next. */
    function play(since: number): void {
      const event = events[next];
      if (cancel !== null || state !== 'open' || isUpToDriver(event)) return;
      const pause = event === undefined || pace === 'at-once' ? 0 : Math.max(0, event.at - since);
      cancel = timers.after(pause, () => {
        cancel = null;
        perform(event);
        play(event?.at ?? since);
      });
    }
    function perform(event: Event | undefined): void {
      switch (event?.kind) {
        case 'heard':
          next += 1;
          onData(event.bytes.slice());
          return;
        case 'told':
          next += 1;
          options.onTold(event.command);
          return;
        case 'end':
          next += 1;
          end({ unplugged: true, cause: event.cause });
          return;
        case undefined:
        case 'stop':
        case 'open':
          end({ unplugged: true, cause: 'the recording ends here' });
          return;
        case 'asked':
          return;
        default:
          assertNever(event);
      }
    }

    return {
      path,
      open() {
        const event = state === 'new' ? tellUpToConnection() : undefined;
        if (state !== 'new') return Promise.resolve(err(closed));
        if (event?.kind !== 'open') {
          state = 'ended';
          return Promise.resolve(err({ reason: 'missing', detail: 'the recording has no more connections' }));
        }
        next += 1;
        if (event.failed !== null) {
          state = 'ended';
          return Promise.resolve(err({ reason: 'missing', detail: event.failed }));
        }
        state = 'open';
        play(event.at);
        return Promise.resolve(ok(undefined));
      },
      write(bytes) {
        if (state !== 'open') return Promise.resolve(err(closed));
        const event = events[next];
        const asked = mask.asked(bytes);
        if (event?.kind !== 'asked' || !sameBytes(event.bytes, asked)) {
          return Promise.resolve(err(refuse(event, asked)));
        }
        next += 1;
        play(event.at);
        return Promise.resolve(ok(undefined));
      },
      close() {
        // What was recorded behind this was heard by nobody.
        if (state === 'open') skipToEnd();
        end({ unplugged: false, cause: null });
        return Promise.resolve();
      },
      onData(listener) {
        onData = listener;
      },
      onEnd(listener) {
        onEnd = listener;
      },
    };
  }
}

/** It asks, or it closes. */
function isUpToDriver(event: Event | undefined): boolean {
  return event?.kind === 'asked' || (event?.kind === 'end' && !event.unplugged);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

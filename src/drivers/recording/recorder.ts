import type { Device } from '#contract/device.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { describeChunk } from './describe-traffic.ts';
import type { Mask } from './mask.ts';
import { maskFor } from './mask-traffic.ts';
import type { RecordedEvent, ToldCommand } from './recording.ts';
import { LARGEST_CHUNK, USUAL_RECORDING_SIZE } from './recording.ts';
import { wordsWithoutPlace } from './words-without-place.ts';
import { eventLines, recordingHead } from './write-recording.ts';

/** Where a recording goes; `write` throws when it cannot. */
export interface RecordingSink {
  write(text: string): void;
  close(): void;
}

/** Writes down what goes by on a device's connections, masked. */
export interface Recorder {
  /** The traffic of one connection. */
  connection(path: string): ConnectionRecorder;
  /** What the station wants from here on. */
  told(command: ToldCommand): void;
  /** Ends the recording; safe to call more than once. */
  stop(why: string): void;
}

export interface ConnectionRecorder {
  opened(failed: string | null): void;
  asked(bytes: Uint8Array): void;
  heard(bytes: Uint8Array): void;
  ended(end: { readonly unplugged: boolean; readonly cause: string | null }): void;
}

/** Room that is left for the line that says why a recording ends. */
const LAST_LINE = 400;

export function createRecorder(options: {
  readonly device: Device;
  readonly sink: RecordingSink;
  readonly timers: Timers;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Bytes of the file at most. */
  readonly limit?: number;
  /** Called once, when nothing more is written down. */
  readonly onEnd: (end: { readonly state: 'ended' | 'failed'; readonly detail: string }) => void;
}): Recorder {
  const { device, sink, timers } = options;
  const limit = options.limit ?? USUAL_RECORDING_SIZE;
  const begin = timers.monotonic();
  const now = () => timers.monotonic() - begin;
  let size = 0;
  let over = false;

  function end(state: 'ended' | 'failed', detail: string): void {
    over = true;
    sink.close();
    options.onEnd({ state, detail });
  }
  function write(text: string): void {
    if (over) return;
    try {
      sink.write(text);
      size += text.length;
    } catch (error) {
      end('failed', error instanceof Error ? error.message : String(error));
    }
  }
  function stop(why: string): void {
    if (over) return;
    current?.settle();
    write(eventLines({ at: now(), kind: 'stop', why }, null));
    if (!over) end('ended', why);
  }
  /** Masked traffic and our own words only, so that its length in characters is its length in bytes. */
  function note(event: RecordedEvent): void {
    if (over) return;
    const isChunk = event.kind === 'asked' || event.kind === 'heard';
    const comment = isChunk ? describeChunk({ device, direction: event.kind, bytes: event.bytes }) : null;
    const text = eventLines(event, comment);
    if (size + text.length + LAST_LINE > limit) {
      write(eventLines({ at: event.at, kind: 'stop', why: `the file has reached ${limit} bytes` }, null));
      if (!over) end('ended', `the file has reached ${limit} bytes`);
    } else {
      write(text);
    }
  }

  /** What the connection that was opened last has not written yet. */
  let current: PendingChunks | null = null;

  write(recordingHead({ started: options.started, device }));
  return {
    connection(path) {
      const pending = pendingChunks(maskFor(device), note);
      const told = (words: string) => wordsWithoutPlace({ words, path, device });
      return {
        opened(failed) {
          current?.settle();
          current = pending;
          note({ at: now(), kind: 'open', failed: failed === null ? null : told(failed) });
        },
        asked: (bytes) => pending.asked(bytes, now()),
        heard: (bytes) => pending.heard(bytes, now()),
        ended({ unplugged, cause }) {
          pending.settle();
          note({ at: now(), kind: 'end', unplugged, cause: told(cause ?? '') });
        },
      };
    },
    told(command) {
      if (current === null) note({ at: now(), kind: 'told', command });
      else current.told(command, now());
    },
    stop,
  };
}

/** Chunks that wait until their mask can be told; each keeps its length and its time. */
interface PendingChunks {
  asked(bytes: Uint8Array, at: number): void;
  heard(bytes: Uint8Array, at: number): void;
  told(command: ToldCommand, at: number): void;
  settle(): void;
}

function pendingChunks(mask: Mask, note: (event: RecordedEvent) => void): PendingChunks {
  /** Chunks, and commands that came while one of them was not told yet. */
  let waiting: { readonly at: number; readonly what: number | ToldCommand }[] = [];
  let masked: Uint8Array = new Uint8Array(0);

  function take(more: Uint8Array): void {
    const joined = new Uint8Array(masked.length + more.length);
    joined.set(masked);
    joined.set(more, masked.length);
    masked = joined;
    let done = 0;
    for (const { at, what } of waiting) {
      if (typeof what === 'string') {
        note({ at, kind: 'told', command: what });
      } else {
        if (what > masked.length) break;
        note({ at, kind: 'heard', bytes: masked.slice(0, what) });
        masked = masked.subarray(what);
      }
      done += 1;
    }
    waiting = waiting.slice(done);
  }
  const settle = () => take(mask.settle());

  return {
    asked(bytes, at) {
      settle();
      note({ at, kind: 'asked', bytes: mask.asked(bytes) });
    },
    heard(bytes, at) {
      for (let from = 0; from < bytes.length; from += LARGEST_CHUNK) {
        const part = bytes.subarray(from, from + LARGEST_CHUNK);
        waiting.push({ at, what: part.length });
        take(mask.heard(part, at));
      }
    },
    told(command, at) {
      if (waiting.length === 0) note({ at, kind: 'told', command });
      else waiting.push({ at, what: command });
    },
    settle,
  };
}

/** The same transport, with everything that goes by written down. */
export function recordingTransport(transport: Transport, recorder: Recorder): Transport {
  const record = recorder.connection(transport.path);
  return {
    path: transport.path,
    async open() {
      const opened = await transport.open();
      record.opened(opened.ok ? null : opened.error.detail);
      return opened;
    },
    write(bytes) {
      record.asked(bytes);
      return transport.write(bytes);
    },
    close: () => transport.close(),
    onData(listener) {
      transport.onData((bytes) => {
        record.heard(bytes);
        listener(bytes);
      });
    },
    onEnd(listener) {
      transport.onEnd((end) => {
        record.ended(end);
        listener(end);
      });
    },
  };
}

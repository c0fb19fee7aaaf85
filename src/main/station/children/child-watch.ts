import type { Timers } from '#drivers/timers.ts';

/** Milliseconds between two pings. */
const PING_INTERVAL = 1000;
/**
 * Pings that may go unanswered: a process that spins is noticed within six seconds. A machine that is busy with a face
 * may let one wait for some seconds, and killing it then would cost a citizen what it was about to tell.
 */
const MISSED_PINGS = 5;
/** The same before the child's first word: a busy machine takes its time to start a process. */
const MISSED_AT_START = 15;

export interface Ping {
  readonly type: 'ping';
  readonly nonce: number;
}

export interface Pong {
  readonly nonce: number;
  /** Bytes that are resident. */
  readonly memory: number;
}

/** Asks a child every second whether it is there, and looks at its memory. */
export interface ChildWatch {
  /** The child has said something else: it has started. */
  spoke(): void;
  heard(pong: Pong): void;
  end(): void;
}

export function watchChild(options: {
  readonly post: (ping: Ping) => void;
  readonly timers: Timers;
  /** Called once, when the child has not answered for too long; the watch has ended then. */
  readonly onDeaf: (unanswered: number) => void;
  /** Called with each answer, bytes of resident memory. */
  readonly onMemory: (memory: number) => void;
}): ChildWatch {
  const { post, timers, onDeaf, onMemory } = options;
  let nonce = 0;
  let unanswered = 0;
  let started = false;
  let ended = false;
  let cancelPing: () => void = () => {};

  function ping(): void {
    if (unanswered >= (started ? MISSED_PINGS : MISSED_AT_START)) {
      ended = true;
      onDeaf(unanswered);
      return;
    }
    unanswered += 1;
    nonce += 1;
    post({ type: 'ping', nonce });
    cancelPing = timers.after(PING_INTERVAL, ping);
  }
  cancelPing = timers.after(PING_INTERVAL, ping);

  return {
    spoke() {
      // What was asked while it started is not counted against it.
      if (!started) unanswered = 0;
      started = true;
    },
    heard(pong) {
      if (ended || pong.nonce !== nonce) return;
      started = true;
      unanswered = 0;
      onMemory(pong.memory);
    },
    end() {
      ended = true;
      cancelPing();
    },
  };
}

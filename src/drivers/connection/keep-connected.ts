import type { ConnectionWish, Connector } from '../hub/connector.ts';
import { backOff, type Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { createDeviceLine } from './device-line.ts';
import { waitForDevice } from './wait-for-device.ts';

/** Milliseconds that a connection holds which is worth its name. */
const LASTING = 10_000;
/** Connections in a row that did not last, after which the next one has to before anybody is told of it. */
const MOST_BRIEF = 2;

export interface KeptConnection {
  /** Ends a connection that is of no use; another is made after a pause. Does nothing when it is no longer the one. */
  giveUp(connection: Transport, detail: string): void;
  /** Resolves when the line is free; nothing is told afterwards. */
  stop(): Promise<void>;
}

/**
 * Keeps a device connected: connects, waits for the back-off or the device's coming when that fails or the connection
 * ends, and connects again. A serial server without its port, or a plug that sits loosely, opens well and closes at once
 * for as long as nobody mends it: only a connection that lasts ends the growing of the pauses.
 */
export function keepConnected(options: {
  readonly connector: Connector;
  readonly timers: Timers;
  readonly wish?: ConnectionWish;
  readonly onData?: (bytes: Uint8Array) => void;
  readonly onOpen: (connection: Transport) => void;
  /**
   * The device may be called connected: at once after `onOpen`, or when the connection has lasted where those before it
   * did not.
   */
  readonly onProven: () => void;
  /** A connection has ended, or none could be made. */
  readonly onLost: (detail: string) => void;
}): KeptConnection {
  const { connector, timers, wish, onData, onOpen, onProven, onLost } = options;
  let current: Transport | null = null;
  let failures = 0;
  let brief = 0;
  let stopped = false;
  /** Of the pause, or of the time that a connection has to last. */
  let cancelWait: () => void = () => {};
  let closing: Promise<void> = Promise.resolve();

  const line = createDeviceLine({
    connector,
    ...(wish === undefined ? {} : { wish }),
    ...(onData === undefined ? {} : { onData }),
    onLost: (detail) => lose(detail),
  });

  function lose(detail: string): void {
    cancelWait();
    if (current !== null) brief += 1;
    current = null;
    if (stopped) return;
    onLost(detail);
    cancelWait = waitForDevice({
      connector,
      timers,
      milliseconds: backOff(failures),
      again: () => void connect(),
    });
    failures += 1;
  }

  async function connect(): Promise<void> {
    // A connection that was given up may still hold the line.
    await closing;
    if (stopped) return;
    const opened = await line.open();
    if (stopped) return;
    if (!opened.ok) return lose(opened.error);
    current = opened.value;
    const isProven = brief < MOST_BRIEF;
    cancelWait = timers.after(LASTING, () => {
      failures = 0;
      brief = 0;
      if (!isProven) onProven();
    });
    onOpen(opened.value);
    // It may have been given up at once.
    if (isProven && current === opened.value) onProven();
  }

  void connect();

  return {
    giveUp(connection, detail) {
      if (current !== connection) return;
      closing = line.close();
      lose(detail);
    },
    async stop() {
      stopped = true;
      cancelWait();
      current = null;
      await Promise.all([closing, line.close()]);
    },
  };
}

import { SerialPort } from 'serialport';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { systemTimers, type Timers } from '../timers.ts';
import { plainBytes } from './plain-bytes.ts';
import { sameFile } from './same-file.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

/**
 * Milliseconds between two looks whether the device's file is still there. serialport tells of an unplug only when it
 * waits for bytes; one that comes while it reads makes it read nothing, again and again, and is never told.
 */
const LOOK_INTERVAL = 1000;

/** The system's words; serialport writes "Error:" in front of them. */
function wordsOf(error: Error): string {
  return error.message.replace(/^Error: /, '');
}

function faultOf(error: Error): TransportFault {
  const detail = wordsOf(error);
  if (/no such (file|device)|ENOENT|ENXIO|ENODEV/i.test(detail)) return { reason: 'missing', detail };
  if (/lock|busy|temporarily unavailable|access denied/i.test(detail)) return { reason: 'busy', detail };
  return { reason: 'failed', detail };
}

function errorFrom(reason: unknown): Error | null {
  return reason instanceof Error ? reason : null;
}

/** A serial line (8N1, no flow control): UART, USB serial adapter, CDC-ACM or pseudo-terminal. */
export function serialTransport(options: {
  readonly path: string;
  readonly baudRate: number;
  readonly timers?: Timers;
}): Transport {
  const { path, timers = systemTimers } = options;
  // `hupcl: false` keeps DTR as it is, so that opening the line does not reset the device behind it.
  const port = new SerialPort({ path, baudRate: options.baudRate, autoOpen: false, hupcl: false });
  const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };
  const pendingWrites = new Set<(fault: TransportFault) => void>();
  let onData: (bytes: Uint8Array) => void = () => {};
  let onEnd: (end: TransportEnd) => void = () => {};
  let lastError: string | null = null;
  let opening: Promise<Result<void, TransportFault>> | null = null;
  let isOver = false;
  let closing: Promise<void> | null = null;
  let cancelLook: () => void = () => {};

  function lookWhether(isThere: () => boolean): void {
    cancelLook = timers.after(LOOK_INTERVAL, () => {
      if (isThere()) return lookWhether(isThere);
      lastError = `${path} is gone`;
      if (port.isOpen && closing === null) port.close((error) => error && ended(error));
    });
  }

  port.on('data', (chunk: Buffer) => {
    onData(plainBytes(chunk));
    // A card's contents pass through here.
    chunk.fill(0);
  });
  port.on('error', (error: Error) => {
    lastError = wordsOf(error);
  });
  function ended(reason: unknown): void {
    cancelLook();
    if (isOver) return;
    isOver = true;
    const error = errorFrom(reason);
    // After an unplug serialport neither completes nor fails a write, so it is failed here.
    for (const fail of pendingWrites) fail(closed);
    pendingWrites.clear();
    onEnd({ unplugged: closing === null, cause: error === null ? lastError : wordsOf(error) });
  }
  port.on('close', ended);

  function open(): Promise<Result<void, TransportFault>> {
    return new Promise((resolve) => {
      port.open((error) => {
        if (!error) lookWhether(sameFile(path));
        resolve(error ? err(faultOf(error)) : ok(undefined));
      });
    });
  }

  async function close(): Promise<void> {
    // A port that is just being opened would stay open, and locked.
    await opening;
    if (!port.isOpen) return;
    await new Promise<void>((resolve) => {
      port.close((error) => {
        if (error) lastError = wordsOf(error);
        resolve();
      });
    });
  }

  return {
    path,
    open() {
      if (opening !== null || closing !== null) return Promise.resolve(err(closed));
      opening = open();
      return opening;
    },
    write(bytes) {
      // A write to a closed port would be kept and sent on its next opening.
      if (!port.isOpen || closing) return Promise.resolve(err(closed));
      return new Promise<Result<void, TransportFault>>((resolve) => {
        const fail = (fault: TransportFault) => resolve(err(fault));
        pendingWrites.add(fail);
        port.write(Buffer.from(bytes), (error) => {
          pendingWrites.delete(fail);
          resolve(error ? err(faultOf(error)) : ok(undefined));
        });
      });
    },
    close() {
      closing ??= close();
      return closing;
    },
    onData(listener) {
      onData = listener;
    },
    onEnd(listener) {
      onEnd = listener;
    },
  };
}

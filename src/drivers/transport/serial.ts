import { SerialPort } from 'serialport';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

function faultOf(error: Error): TransportFault {
  const detail = error.message;
  if (/no such (file|device)|ENOENT|ENXIO|ENODEV/i.test(detail)) return { reason: 'missing', detail };
  if (/lock|busy|temporarily unavailable|access denied/i.test(detail)) return { reason: 'busy', detail };
  return { reason: 'failed', detail };
}

function errorFrom(reason: unknown): Error | null {
  return reason instanceof Error ? reason : null;
}

/** A serial line (8N1, no flow control): UART, USB serial adapter, CDC-ACM or pseudo-terminal. */
export function serialTransport(options: { readonly path: string; readonly baudRate: number }): Transport {
  const { path } = options;
  // `hupcl: false` keeps DTR as it is, so that opening the line does not reset the device behind it.
  const port = new SerialPort({ path, baudRate: options.baudRate, autoOpen: false, hupcl: false });
  const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };
  const pendingWrites = new Set<(fault: TransportFault) => void>();
  let onData: (bytes: Uint8Array) => void = () => {};
  let onEnd: (end: TransportEnd) => void = () => {};
  let lastError: string | null = null;
  let used = false;
  let closing: Promise<void> | null = null;

  port.on('data', (chunk: Buffer) => {
    onData(plainBytes(chunk));
    // A card's contents pass through here.
    chunk.fill(0);
  });
  port.on('error', (error: Error) => {
    lastError = error.message;
  });
  port.on('close', (reason: unknown) => {
    const error = errorFrom(reason);
    // After an unplug serialport neither completes nor fails a write, so it is failed here.
    for (const fail of pendingWrites) fail(closed);
    pendingWrites.clear();
    onEnd({ unplugged: closing === null, cause: error?.message ?? lastError });
  });

  return {
    path,
    open() {
      if (used) return Promise.resolve(err(closed));
      used = true;
      return new Promise((resolve) => {
        port.open((error) => resolve(error ? err(faultOf(error)) : ok(undefined)));
      });
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
      used = true;
      closing ??= port.isOpen
        ? new Promise((resolve) => {
            port.close((error) => {
              if (error) lastError = error.message;
              resolve();
            });
          })
        : Promise.resolve();
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

import { createConnection, type Socket } from 'node:net';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { Timers } from '../timers.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

/** Milliseconds until a host that says nothing counts as unreachable; its name is looked up within them, too. */
const CONNECT_LIMIT = 3000;
/**
 * Milliseconds of silence before the system asks whether the peer is still there. Unanswered, it asks ten times more, a
 * second apart, and ends the connection: a serial server that lost its power is noticed within 15 s.
 */
const KEEP_ALIVE_AFTER = 5000;
/** Milliseconds that bytes may wait because the peer takes none. */
const WRITE_LIMIT = 10_000;

const UNREACHABLE = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+|ETIMEDOUT)$/;

/** Node tells of several addresses that all failed by an error without words around the errors of each. */
function firstOf(error: Error): Error {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return first instanceof Error ? first : error;
}

function faultOf(error: Error, place: string): TransportFault {
  const first = firstOf(error);
  const code: unknown = Reflect.get(first, 'code');
  const missing = typeof code === 'string' && UNREACHABLE.test(code);
  return { reason: missing ? 'missing' : 'failed', detail: `${place}: ${first.message}` };
}

/** A line behind a serial server or the bridge of a gate. Speaks to that host and port and to nobody else. */
export function tcpTransport(options: {
  readonly host: string;
  readonly port: number;
  readonly timers: Timers;
}): Transport {
  const { host, port, timers } = options;
  const path = `${host}:${port}`;
  const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };
  let socket: Socket | null = null;
  let state: 'new' | 'opening' | 'open' | 'ended' = 'new';
  let closing: Promise<void> | null = null;
  let lastError: string | null = null;
  const pendingWrites = new Set<(fault: TransportFault) => void>();
  let onData: (bytes: Uint8Array) => void = () => {};
  let onEnd: (end: TransportEnd) => void = () => {};

  function ended(): void {
    const wasOpen = state === 'open';
    state = 'ended';
    for (const fail of pendingWrites) fail(closed);
    pendingWrites.clear();
    if (wasOpen) onEnd({ unplugged: closing === null, cause: lastError });
  }

  function open(): Promise<Result<void, TransportFault>> {
    state = 'opening';
    return new Promise((resolve) => {
      const fresh = createConnection({
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_AFTER,
      });
      socket = fresh;
      const cancelLimit = timers.after(CONNECT_LIMIT, () => {
        fresh.destroy(new Error(`no connection within ${CONNECT_LIMIT / 1000} s`));
      });
      let fault: TransportFault = closed;
      fresh.on('connect', () => {
        cancelLimit();
        if (closing !== null) return;
        state = 'open';
        resolve(ok(undefined));
      });
      fresh.on('error', (error) => {
        fault = faultOf(error, path);
        lastError = fault.detail;
      });
      // A peer that says it will send no more is of no use, whether or not it would still listen.
      fresh.on('end', () => {
        lastError ??= `${path}: the other side closed the connection`;
        fresh.destroy();
      });
      fresh.on('data', (chunk) => {
        if (state === 'open') onData(plainBytes(chunk));
        // A card's contents pass through here.
        chunk.fill(0);
      });
      fresh.on('close', () => {
        cancelLimit();
        ended();
        resolve(err(fault));
      });
    });
  }

  return {
    path,
    open() {
      return state === 'new' && closing === null ? open() : Promise.resolve(err(closed));
    },
    write(bytes) {
      const line = socket;
      if (line === null || state !== 'open' || closing !== null) return Promise.resolve(err(closed));
      return new Promise((resolve) => {
        const settle = (result: Result<void, TransportFault>) => {
          pendingWrites.delete(fail);
          cancelLimit();
          resolve(result);
        };
        const fail = (fault: TransportFault) => settle(err(fault));
        pendingWrites.add(fail);
        // What the system has not taken by then would arrive when nobody expects it: the connection ends.
        const cancelLimit = timers.after(WRITE_LIMIT, () => {
          line.destroy(new Error(`took no bytes for ${WRITE_LIMIT / 1000} s`));
        });
        const copy = Buffer.from(bytes);
        line.write(copy, (error) => {
          copy.fill(0);
          settle(error ? err(faultOf(error, path)) : ok(undefined));
        });
      });
    },
    close() {
      const line = socket;
      closing ??=
        line === null || state === 'ended'
          ? Promise.resolve()
          : new Promise((resolve) => {
              line.once('close', () => resolve());
              line.destroy();
            });
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

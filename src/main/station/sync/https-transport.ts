import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { PinningAgent } from './pinning-agent.ts';

/** Bytes over TLS; what they mean is judged elsewhere. */
export interface HttpsTransport {
  send(call: OutgoingCall): Promise<Result<RawAnswer, TransportFault>>;
  /** Drops kept connections. Calls under way end as `broken-off`. */
  close(): void;
}

export interface OutgoingCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** From the first byte out to the last byte in. */
  readonly deadlineMs: number;
  readonly largestAnswer: number;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; repeated fields joined as RFC 9110 section 5.3 says. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface TransportFault {
  readonly reason: 'unreachable' | 'untrusted-server' | 'too-slow' | 'broken-off' | 'answer-too-large';
}

/** Which servers are believed: those that a trust list pins, or, for the one call before there is one, any. */
export type ServerTrust =
  /** Asked anew for each call, so that a newer list counts at once. PEM. */
  { readonly kind: 'pinned'; readonly certificates: () => readonly string[] } | { readonly kind: 'anyone' };

const MOST_CONNECTIONS = 6;

export function httpsTransport(options: {
  readonly trust: ServerTrust;
  /** A kept connection was closed from the other side. */
  readonly onConnectionLost?: () => void;
}): HttpsTransport {
  const { trust, onConnectionLost } = options;
  let closed = false;
  const agent =
    trust.kind === 'pinned'
      ? new PinningAgent({ pins: trust.certificates, maxSockets: MOST_CONNECTIONS })
      : new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, minVersion: 'TLSv1.3' });
  const kept = new WeakSet<Duplex>();
  agent.on('free', (socket: Duplex) => {
    if (kept.has(socket)) return;
    kept.add(socket);
    socket.once('close', () => {
      if (!closed) onConnectionLost?.();
    });
  });
  const sendOnce = (call: OutgoingCall) =>
    attempt(call, {
      agent,
      // The agent keeps connections apart that were made with another `ca`: a newer list gets new ones.
      ...(trust.kind === 'pinned' ? { ca: [...trust.certificates()] } : { rejectUnauthorized: false }),
    });
  return {
    send: async (call) => {
      const first = await sendOnce(call);
      // A server may close a kept connection at the very moment at which it is used again (RFC 9112 section 9.3.1).
      // Every call of ours can be repeated, so that one second attempt is safe.
      const again = !first.result.ok && first.result.error.reason === 'broken-off' && first.reusedConnection;
      return again ? (await sendOnce(call)).result : first.result;
    },
    close: () => {
      closed = true;
      agent.destroy();
    },
  };
}

interface Attempt {
  readonly result: Result<RawAnswer, TransportFault>;
  readonly reusedConnection: boolean;
}

function attempt(call: OutgoingCall, connection: RequestOptions): Promise<Attempt> {
  return new Promise((resolve) => {
    let late = false;
    const outgoing = request(call.url, {
      ...connection,
      method: call.method,
      headers: {
        ...call.headers,
        ...(call.body === null ? {} : { 'content-length': String(call.body.length) }),
      },
    });
    const deadline = setTimeout(() => {
      late = true;
      outgoing.destroy();
    }, call.deadlineMs);
    const end = (result: Result<RawAnswer, TransportFault>) => {
      clearTimeout(deadline);
      resolve({ result, reusedConnection: outgoing.reusedSocket });
    };
    outgoing.on('response', (incoming) => {
      void readAll(incoming, call.largestAnswer).then((body) => {
        if (body.ok) {
          end(ok({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: body.value }));
        } else {
          outgoing.destroy();
          end(late ? err({ reason: 'too-slow' }) : body);
        }
      });
    });
    outgoing.on('error', (error) => end(err({ reason: late ? 'too-slow' : reasonOf(error) })));
    outgoing.end(call.body ?? undefined);
  });
}

async function readAll(
  incoming: IncomingMessage,
  largest: number,
): Promise<Result<Uint8Array, TransportFault>> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) return err({ reason: 'answer-too-large' });
      chunks.push(chunk);
    }
  } catch (error) {
    // Node reports a body that ends before its length as an aborted stream; there is nothing else to fail here.
    if (!(error instanceof Error)) throw error;
    return err({ reason: 'broken-off' });
  }
  return ok(new Uint8Array(Buffer.concat(chunks)));
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
]);

/** OpenSSL's and Node's codes for a server that is not the pinned one. */
const UNTRUSTED =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|INVALID_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|EPROTO$)/;

function reasonOf(error: Error): TransportFault['reason'] {
  const code = 'code' in error ? String(error.code) : '';
  if (UNREACHABLE.has(code)) return 'unreachable';
  return UNTRUSTED.test(code) ? 'untrusted-server' : 'broken-off';
}

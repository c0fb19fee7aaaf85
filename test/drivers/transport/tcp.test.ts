import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemTimers, type Timers } from '#drivers/timers.ts';
import { tcpTransport } from '#drivers/transport/tcp.ts';
import type { TransportEnd } from '#drivers/transport/transport.ts';
import { eventually } from '../eventually.ts';
import { manualTimers } from '../manual-timers.ts';

/** A serial server on this machine. */
async function serialServer(options: { readonly host?: string; readonly allowHalfOpen?: boolean } = {}) {
  const { host = '127.0.0.1', allowHalfOpen = false } = options;
  const callers: Socket[] = [];
  const received: number[] = [];
  const server: Server = createServer({ allowHalfOpen }, (socket) => {
    callers.push(socket);
    // A caller that goes away without a word is what some of these tests are about.
    socket.on('error', () => {});
    socket.on('data', (chunk) => received.push(...chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const stop = () => {
    for (const caller of callers) caller.destroy();
    server.close();
  };
  onTestFinished(stop);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const caller = () =>
    eventually(() => {
      const last = callers.at(-1);
      if (last === undefined) throw new Error('nobody called');
      return last;
    });
  return { port: address.port, callers, caller, received, stop };
}

function connection(options: { readonly port: number; readonly host?: string; readonly timers?: Timers }) {
  const { port, host = '127.0.0.1', timers = systemTimers } = options;
  const transport = tcpTransport({ host, port, timers });
  onTestFinished(() => transport.close());
  const received: number[] = [];
  const ends: TransportEnd[] = [];
  transport.onData((chunk) => received.push(...chunk));
  transport.onEnd((end) => ends.push(end));
  return { transport, received, ends };
}

describe('a line over TCP', () => {
  it('carries every byte both ways', async () => {
    const server = await serialServer();
    const { transport, received, ends } = connection(server);
    expect(await transport.open()).toEqual({ ok: true, value: undefined });
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(await transport.write(all)).toEqual({ ok: true, value: undefined });
    (await server.caller()).write(all);
    await eventually(() => expect([server.received.length, received.length]).toEqual([256, 256]));
    expect([server.received, received]).toEqual([[...all], [...all]]);
    await transport.close();
    expect(ends).toEqual([{ unplugged: false, cause: null }]);
  });

  it('keeps no copy of what went by', async () => {
    const server = await serialServer();
    const { transport } = connection(server);
    const seen: Uint8Array[] = [];
    transport.onData((chunk) => seen.push(chunk));
    await transport.open();
    (await server.caller()).write('a card');
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.every((byte) => byte === 0)).toBe(true);
  });

  it('calls the host that is configured, and only once', async () => {
    const server = await serialServer();
    const other = await serialServer();
    const { transport } = connection(server);
    await transport.open();
    (await server.caller()).write(`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${other.port}/\r\n\r\n`);
    await eventually(() => expect(server.callers).toHaveLength(1));
    await transport.close();
    expect([server.callers.length, other.callers.length]).toEqual([1, 0]);
  });
});

/** Callers that the system keeps for a server that accepts none; it is silent to all later ones. */
const KEPT_CALLERS = 2;

/** A host on which somebody listens and nobody accepts, and whose queue of callers is full. */
async function deafHost(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const listener = new Worker(
    `const { createServer } = require('node:net');
    const server = createServer();
    server.listen({ host: '127.0.0.1', port: 0, backlog: ${KEPT_CALLERS - 1} }, () => {
      require('node:worker_threads').parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`,
    { eval: true },
  );
  const [port] = (await once(listener, 'message')) as [number];
  const callers = Array.from({ length: KEPT_CALLERS }, () => connect({ host: '127.0.0.1', port }));
  await Promise.all(callers.map((caller) => once(caller, 'connect')));
  return {
    port,
    async stop() {
      for (const caller of callers) caller.destroy();
      await listener.terminate();
    },
  };
}

describe('a host that cannot be reached', () => {
  it('refuses', async () => {
    const { port, stop } = await serialServer();
    stop();
    const { transport, ends } = connection({ port });
    expect(await transport.open()).toEqual({
      ok: false,
      error: { reason: 'missing', detail: expect.stringMatching(/^127\.0\.0\.1:\d+: .*ECONNREFUSED/) },
    });
    expect(ends).toEqual([]);
  });

  it('refuses at each of its addresses: the words of the first are told', async () => {
    const { port, stop } = await serialServer();
    stop();
    const { transport } = connection({ port, host: 'localhost' });
    expect(await transport.open()).toMatchObject({
      error: { reason: 'missing', detail: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('has a name that nobody knows', async () => {
    const { transport } = connection({ port: 4001, host: 'gate-3.invalid' });
    expect(await transport.open()).toMatchObject({
      error: { reason: 'missing', detail: expect.stringMatching(/^gate-3\.invalid:4001: getaddrinfo/) },
    });
  });

  it('says nothing: given up after a while', async () => {
    const timers = manualTimers();
    const { port, stop } = await deafHost();
    const { transport, ends } = connection({ port, timers });
    const opened = transport.open();
    await timers.advance(3100);
    expect(await opened).toMatchObject({
      error: { detail: expect.stringContaining('no connection within 3 s') },
    });
    expect(ends).toEqual([]);
    await stop();
  });

  it('is given up by us while it is being called', async () => {
    const server = await serialServer();
    const { transport, ends } = connection(server);
    const opened = transport.open();
    await transport.close();
    expect(await opened).toMatchObject({ ok: false, error: { reason: 'closed' } });
    expect(ends).toEqual([]);
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ error: { reason: 'closed' } });
  });
});

describe('a host that goes away', () => {
  it('resets the connection: told once, and nothing can be written any more', async () => {
    const server = await serialServer();
    const { transport, ends } = connection(server);
    await transport.open();
    (await server.caller()).resetAndDestroy();
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]).toEqual({ unplugged: true, cause: expect.stringContaining('ECONNRESET') });
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ error: { reason: 'closed' } });
    await transport.close();
    expect(ends).toHaveLength(1);
  });

  it('says that it will send no more while it would go on listening: that is an end, too', async () => {
    const server = await serialServer({ allowHalfOpen: true });
    const { transport, ends } = connection(server);
    await transport.open();
    (await server.caller()).end();
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]).toEqual({
      unplugged: true,
      cause: expect.stringContaining('the other side closed the connection'),
    });
  });

  it('takes no more bytes: the write ends with a fault, and the connection with it', async () => {
    const timers = manualTimers();
    const server = await serialServer();
    const { transport, ends } = connection({ port: server.port, timers });
    await transport.open();
    (await server.caller()).pause();
    // More than two systems keep for a peer that does not read.
    const writing = Promise.all(Array.from({ length: 64 }, () => transport.write(new Uint8Array(1_000_000))));
    await timers.advance(10_500);
    const written = await writing;
    expect(written.some((each) => !each.ok)).toBe(true);
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]?.cause).toContain('took no bytes for 10 s');
  });

  it('is asked now and then whether it is still there', async () => {
    const server = await serialServer();
    const { transport } = connection(server);
    await transport.open();
    await server.caller();
    expect(await keepAliveTimers(server.port)).toBeGreaterThan(0);
  });
});

/** Connections to a port of this machine on which the system runs a keep-alive timer: proc(5), `tr` 02 in /proc/net/tcp. */
async function keepAliveTimers(port: number): Promise<number> {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n').slice(1);
  return lines.filter((line) => {
    const [, , to = '', , , timer = ''] = line.trim().split(/\s+/);
    return to.endsWith(remote) && timer.startsWith('02:');
  }).length;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPtyPair } from '#drivers/simulator/pty.ts';
import { serialTransport } from '#drivers/transport/serial.ts';
import type { TransportEnd } from '#drivers/transport/transport.ts';
import { eventually } from '../eventually.ts';

const folder = mkdtempSync(join(tmpdir(), 'serial-'));
const near = join(folder, 'near');
const far = join(folder, 'far');
let pair: Awaited<ReturnType<typeof openPtyPair>>;

beforeAll(async () => {
  pair = await openPtyPair({ near, far });
});
afterAll(async () => {
  await pair.close();
  rmSync(folder, { recursive: true });
});

function open(path: string) {
  const transport = serialTransport({ path, baudRate: 115200 });
  onTestFinished(() => transport.close());
  const received: number[] = [];
  const ends: TransportEnd[] = [];
  transport.onData((bytes) => received.push(...bytes));
  transport.onEnd((end) => ends.push(end));
  return { transport, received, ends };
}

describe('a serial line', () => {
  it('carries every byte both ways', async () => {
    const a = open(near);
    const b = open(far);
    expect(await a.transport.open()).toEqual({ ok: true, value: undefined });
    expect(await b.transport.open()).toEqual({ ok: true, value: undefined });
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(await a.transport.write(all)).toEqual({ ok: true, value: undefined });
    expect(await b.transport.write(all)).toEqual({ ok: true, value: undefined });
    await eventually(() => expect([a.received.length, b.received.length]).toEqual([256, 256]));
    expect(a.received).toEqual([...all]);
    expect(b.received).toEqual([...all]);
    await a.transport.close();
    expect(a.ends).toEqual([{ unplugged: false, cause: null }]);
  });

  it('says that a device is missing', async () => {
    const { transport } = open(join(folder, 'nothing'));
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'missing' } });
  });

  it('says that someone else holds the device', async () => {
    const first = open(near);
    const second = open(near);
    await first.transport.open();
    expect(await second.transport.open()).toMatchObject({ ok: false, error: { reason: 'busy' } });
  });

  it('is not opened twice, and takes no bytes once it is closed', async () => {
    const { transport } = open(near);
    await transport.open();
    await transport.close();
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { reason: 'closed' } });
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'closed' } });
  });

  // Last: it takes the cable away.
  it('tells that it was unplugged, and fails what is written then', async () => {
    const { transport, ends } = open(near);
    await transport.open();
    process.kill(pair.pid, 'SIGKILL');
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]?.unplugged).toBe(true);
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { reason: 'closed' } });
  });
});

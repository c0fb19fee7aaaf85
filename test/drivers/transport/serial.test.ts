import { pbkdf2 } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPtyPair } from '#drivers/simulator/pty.ts';
import { serialTransport } from '#drivers/transport/serial.ts';
import type { TransportEnd } from '#drivers/transport/transport.ts';
import { eventually } from '../eventually.ts';

const derive = promisify(pbkdf2);
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
    expect(await transport.open()).toMatchObject({
      ok: false,
      error: { reason: 'missing', detail: expect.stringMatching(/^No such file/) },
    });
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

  it('is closed while it is being opened: the device is free for the next one', async () => {
    const first = open(near);
    const opened = first.transport.open();
    await first.transport.close();
    await opened;
    const next = open(near);
    expect(await next.transport.open()).toMatchObject({ ok: true });
  });

  it('tells that it was unplugged in the moment in which it is read', async () => {
    const cable = { near: join(folder, 'near-2'), far: join(folder, 'far-2') };
    const second = await openPtyPair(cable);
    onTestFinished(() => second.close());
    const { transport, ends } = open(cable.near);
    await transport.open();
    // All threads that read are busy: what is to be read waits until the line is gone, and the read returns nothing.
    const busy = Promise.all(Array.from({ length: 8 }, () => derive('', '', 600_000, 64, 'sha512')));
    writeFileSync(cable.far, 'x', { flag: 'r+' });
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(second.pid, 'SIGKILL');
    await busy;
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]?.unplugged).toBe(true);
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

import { join as joinPath } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type HidReports, hidTransport, openNodeHid } from '#drivers/transport/hid.ts';
import type { TransportEnd } from '#drivers/transport/transport.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { bytes } from '../bytes.ts';
import { eventually } from '../eventually.ts';
import { settle } from '../manual-timers.ts';
import { fakeHidDevice } from './fake-hid.ts';

function bench(options: { reportId?: number; reportSize?: number; reports?: HidReports } = {}) {
  const { reportId = 0, reportSize = 64, reports = 'joined' } = options;
  const device = fakeHidDevice({ path: joinPath(temporaryFolder(), 'hidraw0'), reportId, reportSize });
  const written: Uint8Array[] = [];
  device.onReport((report) => written.push(report));
  const transport = hidTransport({ path: device.path, reportId, reportSize, reports, openHid: device.open });
  const received: Uint8Array[] = [];
  const ends: TransportEnd[] = [];
  transport.onData((chunk) => received.push(chunk.slice()));
  transport.onEnd((end) => ends.push(end));
  return { device, transport, written, received, ends };
}
const hex = (report: Uint8Array | undefined) => Buffer.from(report ?? []).toString('hex');

describe('a HID device as a stream', () => {
  it('takes a command in one report, its id in front and zeros behind', async () => {
    const { transport, written } = bench();
    await transport.open();
    // SDT, find card.
    expect(await transport.write(bytes('AA AA AA 96 69 00 03 20 01 22'))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(written.map(hex)).toEqual([`00aaaaaa96690003200122${'00'.repeat(54)}`]);
  });

  it('takes what is longer in as many reports as it needs, never mixing two writes', async () => {
    const { transport, written } = bench({ reportId: 7, reportSize: 8 });
    await transport.open();
    const first = Uint8Array.from({ length: 20 }, () => 0x11);
    const second = Uint8Array.from({ length: 9 }, () => 0x22);
    await Promise.all([transport.write(first), transport.write(second)]);
    expect(written.map(hex)).toEqual([
      `07${'11'.repeat(8)}`,
      `07${'11'.repeat(8)}`,
      `07${'11'.repeat(4)}${'00'.repeat(4)}`,
      `07${'22'.repeat(8)}`,
      `07${'22'}${'00'.repeat(7)}`,
    ]);
  });

  it('sends what it was given, even when the caller uses its bytes again at once', async () => {
    const { transport, written } = bench({ reportSize: 8 });
    await transport.open();
    const command = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const done = transport.write(command);
    command.fill(0xff);
    await done;
    expect(written.map(hex)).toEqual(['000102030405060708', '000900000000000000']);
  });

  it('joins the reports of an answer, without their ids and without reports of another id', async () => {
    const { transport, device, received } = bench({ reportId: 3, reportSize: 8 });
    await transport.open();
    device.send(Uint8Array.from({ length: 10 }, (_, index) => index + 1));
    device.sendReport(Uint8Array.of(9, 1, 1, 1, 1, 1, 1, 1, 1));
    device.send(Uint8Array.of(0x77));
    await eventually(() => expect(received).toHaveLength(3));
    expect(received.map(hex)).toEqual(['0102030405060708', '090a000000000000', '7700000000000000']);
  });

  it('keeps no copy of what went by', async () => {
    const { transport, device } = bench();
    const seen: Uint8Array[] = [];
    transport.onData((chunk) => seen.push(chunk));
    await transport.open();
    device.send(Uint8Array.of(1, 2, 3));
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.every((byte) => byte === 0)).toBe(true);
  });

  it('carries any bytes in any pieces, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 6 }),
        fc.integer({ min: 8, max: 64 }),
        fc.integer({ min: 0, max: 255 }),
        async (writes, reportSize, reportId) => {
          const { transport, device, written, received } = bench({ reportSize, reportId });
          device.onReport((report) => {
            written.push(report);
            device.send(report.subarray(1));
          });
          await transport.open();
          await Promise.all(writes.map((each) => transport.write(each)));
          await settle();
          const padded = writes.flatMap((each) => {
            const length = Math.ceil(each.length / reportSize) * reportSize;
            return [...each, ...new Uint8Array(length - each.length)];
          });
          expect(written.every((report) => report.length === reportSize + 1 && report[0] === reportId)).toBe(
            true,
          );
          expect(received.flatMap((chunk) => [...chunk])).toEqual(padded);
          await transport.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a HID device report by report', () => {
  it('gives each report as it came and writes each with the id that it was given', async () => {
    const { transport, device, written, received } = bench({ reportId: 2, reportSize: 8, reports: 'whole' });
    await transport.open();
    device.sendReport(Uint8Array.of(5, 1, 2));
    await transport.write(Uint8Array.of(0xfd, 3, 0x16, 0x54, 0x0d));
    await eventually(() => expect(received).toHaveLength(1));
    expect([...received.map(hex), ...written.map(hex)]).toEqual(['050102', 'fd0316540d00000000']);
  });

  it.each([[0], [10]])('writes no report of %i bytes', async (length) => {
    const { transport, written } = bench({ reportSize: 8, reports: 'whole' });
    await transport.open();
    expect(await transport.write(new Uint8Array(length))).toMatchObject({
      ok: false,
      error: { reason: 'failed' },
    });
    expect(written).toEqual([]);
  });
});

describe('a HID connection', () => {
  it('says that a device is missing', async () => {
    const { transport, device, ends } = bench();
    device.unplug();
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'missing' } });
    await transport.close();
    expect(ends).toEqual([]);
  });

  it('says it with node-hid’s own words, too, and that a file is no HID device', async () => {
    const options = { reportId: 0, reportSize: 64, reports: 'joined', openHid: openNodeHid } as const;
    const missing = hidTransport({ path: joinPath(temporaryFolder(), 'hidraw0'), ...options });
    expect(await missing.open()).toMatchObject({ ok: false, error: { reason: 'missing' } });
    const noHid = hidTransport({ path: import.meta.filename, ...options });
    expect(await noHid.open()).toMatchObject({ ok: false, error: { reason: 'failed' } });
  });

  it('tells once that the device was unplugged, and fails what is written then', async () => {
    const { transport, device, ends } = bench();
    await transport.open();
    device.unplug();
    await eventually(() => expect(ends).toHaveLength(1));
    expect(ends[0]).toEqual({ unplugged: true, cause: expect.stringContaining('could not read') });
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { reason: 'closed' } });
    await transport.close();
    expect(ends).toHaveLength(1);
  });

  it('is unplugged in the middle of a long write: the write fails and does not hang', async () => {
    const { transport, device, written } = bench({ reportSize: 8 });
    await transport.open();
    device.onReport((report) => {
      written.push(report);
      if (written.length === 2) device.unplug();
    });
    expect(await transport.write(new Uint8Array(80))).toMatchObject({ ok: false });
    expect(written).toHaveLength(2);
  });

  it('is unplugged as soon as it is open: told as any unplug', async () => {
    const { device, transport, ends } = bench();
    const opened = transport.open();
    await new Promise<void>((resolve) => setImmediate(resolve));
    device.unplug();
    expect(await opened).toMatchObject({ ok: true });
    await eventually(() => expect(ends).toHaveLength(1));
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false });
  });

  it('is unplugged before it is quite open: opening fails, and nothing else is told', async () => {
    const { device } = bench();
    const transport = hidTransport({
      path: device.path,
      reportId: 0,
      reportSize: 64,
      reports: 'joined',
      async openHid(path) {
        const handle = await device.open(path);
        return Object.assign(handle, {
          on(event: string, listener: (argument: unknown) => void) {
            if (event === 'error') queueMicrotask(() => listener('could not read from HID device'));
            return handle;
          },
        });
      },
    });
    const ends: TransportEnd[] = [];
    transport.onEnd((end) => ends.push(end));
    expect(await transport.open()).toEqual({
      ok: false,
      error: { reason: 'failed', detail: 'could not read from HID device' },
    });
    await transport.close();
    expect(ends).toEqual([]);
    expect(device.openHandles).toBe(0);
  });

  it('lets go of the handle when it is closed, however early, and tells so', async () => {
    const { transport, device, ends } = bench();
    const uncaught = vi.fn();
    process.on('uncaughtException', uncaught);
    onTestFinished(() => void process.off('uncaughtException', uncaught));
    const opened = transport.open();
    await transport.close();
    await transport.close();
    expect(await opened).toMatchObject({ ok: true });
    expect(device.openHandles).toBe(0);
    expect(ends).toEqual([{ unplugged: false, cause: null }]);
    expect(uncaught).not.toHaveBeenCalled();
  });

  it('is not opened twice, and takes no bytes once it is closed', async () => {
    const { transport, device, received } = bench();
    await transport.open();
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'closed' } });
    await transport.close();
    device.send(Uint8Array.of(1));
    await settle();
    expect(received).toEqual([]);
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { reason: 'closed' } });
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'closed' } });
  });
});

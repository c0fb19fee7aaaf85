import { describe, expect, it } from 'vitest';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { settle } from '../manual-timers.ts';

describe('a transport in memory', () => {
  it('carries bytes both ways while it is open', async () => {
    const { transport, device } = memoryTransport({ path: 'm' });
    const atDriver: number[] = [];
    const atDevice: number[] = [];
    transport.onData((bytes) => atDriver.push(...bytes));
    device.onWrite((bytes) => atDevice.push(...bytes));
    device.emit(Uint8Array.of(1));
    await transport.open();
    device.emit(Uint8Array.of(2));
    await transport.write(Uint8Array.of(3));
    await settle();
    expect([atDriver, atDevice]).toEqual([[2], [3]]);
  });

  it('refuses to be used again, as a real connection must', async () => {
    const { transport, device } = memoryTransport({ path: 'm' });
    const ends: unknown[] = [];
    transport.onEnd((end) => ends.push(end));
    await transport.open();
    device.unplug('pulled');
    await transport.close();
    expect(ends).toEqual([{ unplugged: true, cause: 'pulled' }]);
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { reason: 'closed' } });
    expect(await transport.open()).toMatchObject({ ok: false, error: { reason: 'closed' } });
  });
});

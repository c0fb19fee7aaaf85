import { describe, expect, it } from 'vitest';
import type { Connection } from '#contract/device.ts';
import { connectionAdvice } from '#drivers/trial/connection-advice.ts';

const SERIAL: Connection = { transport: 'serial', path: '/dev/ttyS0', baudRate: 115200 };
const HID: Connection = { transport: 'hid', path: '/dev/ttyS0', reportId: 0, reportSize: 64 };
const TCP: Connection = { transport: 'tcp', host: 'gate-3', port: 4001 };

describe('a connection that cannot be made', () => {
  it.each([
    [
      HID,
      "cannot open device with path /dev/ttyS0: ioctl(GRDESCSIZE) error for '/dev/ttyS0', not a HIDRAW device?: Inappropriate ioctl for device",
    ],
    [SERIAL, 'Inappropriate ioctl for device setting custom baud rate of 115200'],
  ])('to a file of another kind says which kind is wanted (%o)', (connection, detail) => {
    const wanted =
      connection.transport === 'hid' ? 'no HID device: name a /dev/hidraw file' : 'no serial port';
    const advice = connectionAdvice(connection, { reason: 'failed', detail });
    expect(advice).toContain(`/dev/ttyS0 is ${wanted}`);
    expect(advice).not.toContain('ioctl');
  });

  it('over TCP names its host once', () => {
    const fault = { reason: 'missing', detail: 'gate-3:4001: connect ECONNREFUSED 192.0.2.7:4001' } as const;
    expect(connectionAdvice(TCP, fault)).toBe(
      'gate-3:4001 cannot be reached (connect ECONNREFUSED 192.0.2.7:4001): look at address, port and network.',
    );
  });
});

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DeviceListSchema } from '#contract/device.ts';

const CH340 = { vendorId: '1a86', productId: '7523' } as const;
const serial = (place: object) => ({ transport: 'serial', baudRate: 9600, ...place });
const reader = (connection: object) => ({
  role: 'reader',
  model: 'Reader',
  simulated: false,
  protocol: 'sdt',
  connection,
});
const lamp = (connection: object) => ({
  role: 'lamp',
  model: 'Lamp',
  simulated: false,
  protocol: 'lcus',
  connection,
  channels: { green: 1 },
});
const PRINTER = { role: 'printer', model: 'Printer', simulated: false, protocol: 'cups', queue: 'counter' };

const messageOf = (devices: readonly object[]) => {
  const checked = v.safeParse(DeviceListSchema, devices);
  return checked.success ? null : checked.issues[0].message;
};

describe('a list of devices', () => {
  it.each<[string, object, object]>([
    ['paths', serial({ path: '/dev/a' }), serial({ path: '/dev/b' })],
    [
      'serial numbers',
      serial({ usb: { ...CH340, serialNumber: '1' } }),
      serial({ usb: { ...CH340, serialNumber: '2' } }),
    ],
    ['ports', { transport: 'tcp', host: 'gate', port: 1 }, { transport: 'tcp', host: 'gate', port: 2 }],
    ['transports', serial({ path: '/dev/a' }), { transport: 'tcp', host: 'gate', port: 2 }],
    ['a path and USB numbers', serial({ path: '/dev/a' }), serial({ usb: CH340 })],
  ])('may hold devices at different places: %s', (_what, one, other) => {
    expect(messageOf([reader(one), lamp(other), PRINTER])).toBeNull();
  });

  it.each<[string, object, object, RegExp]>([
    [
      'the same path',
      serial({ path: '/dev/a' }),
      serial({ path: '/dev/a' }),
      /^is at the place of the reader$/,
    ],
    ['the same USB numbers', serial({ usb: CH340 }), serial({ usb: CH340 }), /serial\/by-path$/],
    [
      'USB numbers of which one has a serial number',
      serial({ usb: CH340 }),
      serial({ usb: { ...CH340, serialNumber: '2' } }),
      /serial\/by-path$/,
    ],
    [
      'the same host and port',
      { transport: 'tcp', host: 'Gate', port: 1 },
      { transport: 'tcp', host: 'gate', port: 1 },
      /place of the reader$/,
    ],
  ])('holds no two devices at one place: %s', (_what, one, other, message) => {
    expect(messageOf([reader(one), lamp(other)])).toMatch(message);
  });

  it('holds no two devices of one role', () => {
    expect(messageOf([reader(serial({ path: '/dev/a' })), reader(serial({ path: '/dev/b' }))])).toBe(
      'is a second reader: a terminal drives one of each role',
    );
  });
});

import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { CONSOLE_DEVICE_METHODS, ProfileChoiceSchema } from '#contract/console-devices.ts';
import { type Device, DeviceSchema } from '#contract/device.ts';
import type { ProfilePlace } from '#contract/device-profile.ts';
import { chosenDevice } from '#station/devices/chosen-device.ts';
import { profileChoice, shippedProfiles } from '#station/devices/device-profiles.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { READER, SCANNER } from './sample-devices.ts';

const HID_READER: Device = {
  ...READER,
  connection: { transport: 'hid', path: '/dev/hidraw3', reportId: 0, reportSize: 64 },
};
const TCP_READER: Device = {
  ...READER,
  connection: { transport: 'tcp', host: 'gate-3', port: 4001 },
};
const PRINTER: Device = {
  ...{ role: 'printer', model: 'Office printer', simulated: false, protocol: 'cups' },
  ...{ queue: 'counter', media: 'A4' },
};
const moved = (device: Device, place: ProfilePlace | null) =>
  chosenDevice({
    choice: { kind: 'configured', role: device.role, place },
    devices: [device],
    profiles: [],
  });

describe('a device of the terminal at another place', () => {
  test('keeps every setting but its place', () => {
    expect(moved(HID_READER, { usb: { vendorId: '2b8b', productId: '2721' } })).toEqual({
      ok: true,
      value: {
        ...HID_READER,
        connection: {
          ...{ transport: 'hid', reportId: 0, reportSize: 64 },
          usb: { vendorId: '2b8b', productId: '2721' },
        },
      },
    });
    expect(moved(TCP_READER, { host: 'gate-4', port: 4002 })).toMatchObject({
      value: { connection: { transport: 'tcp', host: 'gate-4', port: 4002 } },
    });
    expect(moved(PRINTER, { queue: 'desk-2' })).toMatchObject({ value: { queue: 'desk-2', media: 'A4' } });
    expect(moved(SCANNER, null)).toEqual({ ok: true, value: SCANNER });
  });

  test.each([
    [SCANNER, { queue: 'counter' }],
    [SCANNER, { host: 'gate-3', port: 4001 }],
    [TCP_READER, { path: '/dev/ttyUSB0' }],
    [TCP_READER, { host: '', port: 4001 }],
    [TCP_READER, { host: 'gate-3', port: 99_999 }],
    [PRINTER, { queue: '-rf' }],
    [SCANNER, { path: `/${'x'.repeat(400)}` }],
  ] as const)('of another kind, or out of its bounds, is refused', (device, place) => {
    expect(moved(device, place)).toMatchObject({ ok: false, error: { reason: 'wrong-place' } });
  });
});

describe('the profiles that the program ships with', () => {
  const known = shippedProfiles()();

  test('are read without a fault, and each can be chosen', () => {
    expect(known.faults).toEqual([]);
    expect(known.profiles.length).toBeGreaterThan(0);
    for (const profile of known.profiles) {
      expect(v.is(ProfileChoiceSchema, profileChoice(profile)), profile.id).toBe(true);
      const place = {
        ...{ serial: { path: '/dev/ttyUSB0' }, hid: { path: '/dev/hidraw0' } },
        ...{ tcp: { host: 'gate-3', port: 4001 }, cups: { queue: 'counter' } },
      }[profileChoice(profile)?.way ?? 'cups'];
      const choice = { kind: 'profile', profile: profile.id, place } as const;
      expect(v.is(CONSOLE_DEVICE_METHODS.saveDevice.input, { choice })).toBe(true);
      const device = chosenDevice({ choice, devices: [], profiles: known.profiles });
      expect(device.ok && v.is(DeviceSchema, device.value), profile.id).toBe(true);
    }
  });

  test('that are not there are told, not thrown', () => {
    const { profiles, faults } = shippedProfiles(`${temporaryFolder()}/none`)();
    expect(profiles).toEqual([]);
    expect(faults[0]).toContain('ENOENT');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEVICE_WAYS } from '#contract/console-devices.ts';
import { placeFromText } from '#renderer/console/pages/place-text.ts';

describe('where a device is, as a technician types it', () => {
  test.each([
    ['serial', ' /dev/serial/by-id/usb-1a86-port0 ', { path: '/dev/serial/by-id/usb-1a86-port0' }],
    ['serial', '1a86:7523', { usb: { vendorId: '1a86', productId: '7523' } }],
    ['hid', '2B8B:2721', { usb: { vendorId: '2b8b', productId: '2721' } }],
    ['hid', '2b8b:2721:SN-7a', { usb: { vendorId: '2b8b', productId: '2721', serialNumber: 'SN-7a' } }],
    ['tcp', 'gate-3:4001', { host: 'gate-3', port: 4001 }],
    ['tcp', '[::1]:4001', { host: '[::1]', port: 4001 }],
    ['cups', 'counter', { queue: 'counter' }],
  ] as const)('%s: %s', (way, typed, place) => {
    expect(placeFromText(way, typed)).toEqual(place);
  });

  test.each([
    ['serial', 'ttyUSB0'],
    ['serial', 'gate-3:4001'],
    ['hid', '2b8b'],
    ['tcp', 'gate-3'],
    ['tcp', ':4001'],
    ['cups', '  '],
  ] as const)('%s: "%s" is no place', (way, typed) => {
    expect(placeFromText(way, typed)).toBeNull();
  });

  test('any text is a place or none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DEVICE_WAYS), fc.string({ unit: 'grapheme' }), (way, typed) => {
        const place = placeFromText(way, typed);
        expect(place === null || typeof place === 'object').toBe(true);
      }),
    );
  });
});

import type { DeviceWay } from '#contract/console-devices.ts';
import type { ProfilePlace } from '#contract/device-profile.ts';

/** Vendor and product, and the serial number where two of the kind are plugged in. */
const USB = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/;
const HOST_AND_PORT = /^(.+):(\d{1,5})$/;

/** A place as a technician types it, e.g. `/dev/ttyUSB0`, `2b8b:2721`, `gate-3:4001`; null when it is none. */
export function placeFromText(way: DeviceWay, typed: string): ProfilePlace | null {
  const text = typed.trim();
  switch (way) {
    case 'serial':
    case 'hid': {
      if (text.startsWith('/')) return { path: text };
      const usb = USB.exec(lowerNumbers(text));
      if (usb === null) return null;
      const [, vendorId = '', productId = '', serialNumber] = usb;
      return { usb: { vendorId, productId, ...(serialNumber === undefined ? {} : { serialNumber }) } };
    }
    case 'tcp': {
      const [, host = '', port = ''] = HOST_AND_PORT.exec(text) ?? [];
      return host === '' ? null : { host, port: Number(port) };
    }
    case 'cups':
      return text === '' ? null : { queue: text };
  }
}

/** `1A86:7523:SN` as `1a86:7523:SN`: a serial number is kept as it is. */
function lowerNumbers(text: string): string {
  return text.slice(0, 9).toLowerCase() + text.slice(9);
}

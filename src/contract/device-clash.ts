import type { Device, UsbIdentity } from './device.ts';

/** Why a list of devices cannot be driven, and which of them is the one too many. */
export interface DeviceClash {
  readonly index: number;
  readonly reason: string;
}

/** The first device of a role that is taken, or at a place that is taken; null when all can be driven side by side. */
export function deviceClash(devices: readonly Device[]): DeviceClash | null {
  for (const [index, device] of devices.entries()) {
    for (const other of devices.slice(0, index)) {
      if (other.role === device.role)
        return { index, reason: `is a second ${device.role}: a terminal drives one of each role` };
      if (isSamePlace(device, other)) return { index, reason: sharedPlace(device, other) };
    }
  }
  return null;
}

function sharedPlace(device: Device, other: Device): string {
  const reason = `is at the place of the ${other.role}`;
  return 'connection' in device && 'usb' in device.connection
    ? `${reason}: name two devices with the same USB numbers by their serial numbers, or by their links below /dev/serial/by-path`
    : reason;
}

/** As far as the words tell: two paths can lead to one port. */
function isSamePlace(one: Device, other: Device): boolean {
  if (!('connection' in one) || !('connection' in other)) return false;
  const [a, b] = [one.connection, other.connection];
  if (a.transport === 'tcp' || b.transport === 'tcp')
    return (
      a.transport === 'tcp' &&
      b.transport === 'tcp' &&
      a.host.toLowerCase() === b.host.toLowerCase() &&
      a.port === b.port
    );
  if (a.path !== undefined || b.path !== undefined) return a.path === b.path;
  if (a.transport !== b.transport || a.usb === undefined || b.usb === undefined) return false;
  return canBeOne(a.usb, b.usb);
}

/** Without a serial number the first device that fits is taken. */
function canBeOne(a: UsbIdentity, b: UsbIdentity): boolean {
  if (a.vendorId !== b.vendorId || a.productId !== b.productId) return false;
  return a.serialNumber === undefined || b.serialNumber === undefined || a.serialNumber === b.serialNumber;
}

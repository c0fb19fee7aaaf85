import { accessSync, constants } from 'node:fs';
import type { UsbIdentity } from '#contract/device.ts';
import { type AttachedPort, readAttachedPorts } from './attached-port.ts';

/**
 * The device file of what is plugged in with these USB numbers, or null. Without a serial number the first that fits is
 * taken; what people type and point with never fits.
 */
export function findByUsb(options: {
  readonly root: string;
  readonly transport: AttachedPort['transport'];
  readonly usb: UsbIdentity;
}): string | null {
  const { vendorId, productId, serialNumber } = options.usb;
  const { ports } = readAttachedPorts(options.root, options.transport);
  const fitting = ports.find(
    ({ usb, inputDevice }) =>
      !inputDevice &&
      usb?.vendorId === vendorId &&
      usb.productId === productId &&
      (serialNumber === undefined || usb.serialNumber === serialNumber.trim()),
  );
  return fitting?.file ?? null;
}

/** Whether a device file is there for us: a moment after it came, the system hands it over to our group. */
export function isUsable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false; // that is the answer
  }
}

import type { Device } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import type { Driver, DriverParts } from '../driver.ts';
import { createStatusLamp } from '../lamp/status-lamp.ts';
import { createCupsPrinter } from '../printer/cups-printer.ts';
import { createEscPosPrinter } from '../printer/escpos-printer.ts';
import { createIdCardReader } from '../reader/id-card-reader.ts';
import { createScanner } from '../scanner/scanner-driver.ts';

/** The driver for a device, by its role and protocol. */
export function createDriver(device: Device, parts: DriverParts): Driver {
  switch (device.role) {
    case 'reader':
      return createIdCardReader({ ...parts, device });
    case 'scanner':
      return createScanner({ ...parts, device });
    case 'printer':
      return device.protocol === 'escpos'
        ? createEscPosPrinter({ ...parts, device })
        : createCupsPrinter({ ...parts, device });
    case 'lamp':
      return createStatusLamp({ ...parts, device });
    default:
      return assertNever(device);
  }
}

import { type Device, devicePlace } from '#contract/device.ts';
import { NO_HEALTH } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { Driver, DriverParts } from '../driver.ts';
import { createStatusLamp } from '../lamp/status-lamp.ts';
import { createCupsPrinter } from '../printer/cups-printer.ts';
import { createEscPosPrinter } from '../printer/escpos-printer.ts';
import { createIdCardReader } from '../reader/id-card-reader.ts';
import { createLineScanner } from '../scanner/line-scanner.ts';

/** The driver for a device, by its role and protocol. */
export function createDriver(device: Device, parts: DriverParts): Driver {
  switch (device.role) {
    case 'reader':
      return createIdCardReader({ ...parts, device });
    case 'scanner':
      switch (device.protocol) {
        case 'line':
          return createLineScanner({ ...parts, device });
        case 'ssi':
        case 'hid-pos':
          return notYet(device, parts);
        default:
          return assertNever(device);
      }
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

function notYet(device: Device, parts: DriverParts): Driver {
  const { role, model, simulated } = device;
  const detail = `${devicePlace(device)}: no driver for "${device.protocol}"`;
  parts.report({
    type: 'device',
    role,
    state: 'absent',
    model,
    samId: null,
    simulated,
    detail,
    health: NO_HEALTH,
  });
  return { handle: () => {}, stop: async () => {} };
}

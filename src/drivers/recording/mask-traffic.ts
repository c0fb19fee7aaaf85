import type { Device, ScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import type { Mask } from './mask.ts';
import { maskHidPos } from './mask-hid-pos.ts';
import { maskPrinter } from './mask-printer.ts';
import { maskRelays } from './mask-relays.ts';
import { maskScans } from './mask-scans.ts';
import { maskSdt } from './mask-sdt.ts';
import { maskSsi } from './mask-ssi.ts';

export function maskFor(device: Device): Mask {
  switch (device.role) {
    case 'reader':
      return maskSdt();
    case 'scanner':
      return maskScanner(device);
    case 'printer':
      return maskPrinter();
    case 'lamp':
      return maskRelays(device);
    default:
      return assertNever(device);
  }
}

function maskScanner(device: ScannerDevice): Mask {
  switch (device.protocol) {
    case 'line':
      return maskScans(device);
    case 'ssi':
      return maskSsi(device);
    case 'hid-pos':
      return maskHidPos(device);
    default:
      return assertNever(device);
  }
}

import type { ScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { createHidPosProtocol } from './hid-pos-protocol.ts';
import { createLineProtocol } from './line-protocol.ts';
import type { ScannerProtocol } from './scanner-protocol.ts';
import { createSsiProtocol } from './ssi-protocol.ts';

/** What the device speaks. */
export function createScannerProtocol(device: ScannerDevice): ScannerProtocol {
  switch (device.protocol) {
    case 'line':
      return createLineProtocol(device);
    case 'ssi':
      return createSsiProtocol(device);
    case 'hid-pos':
      return createHidPosProtocol(device);
    default:
      return assertNever(device);
  }
}

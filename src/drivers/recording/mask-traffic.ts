import type { Device } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { FILLER, type Mask } from './mask.ts';
import { maskPrinter } from './mask-printer.ts';
import { maskRelays } from './mask-relays.ts';
import { maskScans } from './mask-scans.ts';
import { maskSdt } from './mask-sdt.ts';

export function maskFor(device: Device): Mask {
  switch (device.role) {
    case 'reader':
      return maskSdt();
    case 'scanner':
      return device.protocol === 'line' ? maskScans(device) : maskEverythingHeard();
    case 'printer':
      return maskPrinter();
    case 'lamp':
      return maskRelays(device);
    default:
      return assertNever(device);
  }
}

const NOTHING = new Uint8Array(0);

function filled(length: number): Uint8Array {
  return new Uint8Array(length).fill(FILLER);
}

/** Scanners whose packets are not told apart here: only how much came, and when. */
function maskEverythingHeard(): Mask {
  return { asked: (bytes) => bytes.slice(), heard: (bytes) => filled(bytes.length), settle: () => NOTHING };
}

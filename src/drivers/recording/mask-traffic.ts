import type { Device } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { FILLER, type Mask } from './mask.ts';
import { maskScans } from './mask-scans.ts';
import { maskSdt } from './mask-sdt.ts';

export function maskFor(device: Device): Mask {
  switch (device.role) {
    case 'reader':
      return maskSdt();
    case 'scanner':
      return device.protocol === 'line' ? maskScans(device) : maskEverythingHeard();
    case 'printer':
      return keepAnswers((bytes) =>
        bytes.length <= LONGEST_QUESTION ? bytes.slice() : filled(bytes.length),
      );
    case 'lamp':
      return keepAnswers((bytes) => bytes.slice());
    default:
      return assertNever(device);
  }
}

/** A receipt printer is asked for its state in at most so many bytes; everything longer may be somebody's receipt. */
const LONGEST_QUESTION = 4;
const NOTHING = new Uint8Array(0);

function filled(length: number): Uint8Array {
  return new Uint8Array(length).fill(FILLER);
}

/** Printers and lamps tell their own state, and nothing of anybody. */
function keepAnswers(asked: (bytes: Uint8Array) => Uint8Array): Mask {
  return { asked, heard: (bytes) => bytes.slice(), settle: () => NOTHING };
}

/** Scanners whose packets are not told apart here: only how much came, and when. */
function maskEverythingHeard(): Mask {
  return { asked: (bytes) => bytes.slice(), heard: (bytes) => filled(bytes.length), settle: () => NOTHING };
}

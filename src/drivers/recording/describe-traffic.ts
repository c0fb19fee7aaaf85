import type { Device } from '#contract/device.ts';
import { SDT_PREAMBLE } from '../framing/sdt-deframer.ts';

/** Commands by CMD and Para; what they mean stands in `reader/sdt-commands.ts`. */
const COMMANDS: Readonly<Record<number, string>> = {
  4351: 'reset',
  4607: 'status',
  4863: 'read SAM id',
  8193: 'find card',
  8194: 'select card',
  12289: 'read text and photo',
  12291: 'read newest address',
  12293: 'read card body number',
  12304: 'read text, photo and fingerprints',
  24576: 'line at 115200',
  24577: 'line at 57600',
  24578: 'line at 38400',
  24579: 'line at 19200',
  24580: 'line at 9600',
  25087: 'largest radio block',
};

/** What a chunk that begins a frame is, for the eye; null where nothing is known. */
export function describeChunk(options: {
  readonly device: Device;
  readonly direction: 'asked' | 'heard';
  readonly bytes: Uint8Array;
}): string | null {
  const { device, direction, bytes } = options;
  if (device.role !== 'reader') return null;
  const leading = bytes[0] === SDT_PREAMBLE[0] && bytes[2] === SDT_PREAMBLE[0] ? 1 : 0;
  if (!SDT_PREAMBLE.every((byte, index) => bytes[leading + index] === byte)) return null;
  const [lengthHigh = 0, lengthLow = 0, first = 0, second = 0, third] = bytes.subarray(leading + 4);
  if (direction === 'asked') return COMMANDS[(first << 8) | second] ?? 'unknown command';
  const length = (lengthHigh << 8) | lengthLow;
  if (third === undefined) return null;
  return `SW ${[first, second, third].map(hexByte).join(' ')}, ${length} bytes`;
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

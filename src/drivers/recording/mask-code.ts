import type { ScanEncoding } from '#contract/device.ts';
import { withoutEnding } from '../framing/line.ts';
import { readScan } from '../scanner/scan-text.ts';

const CR = 0x0d;
const LF = 0x0a;
/** Malformed in UTF-8 and in GB18030. */
export const MALFORMED = 0xff;

/** A letter: text of as many bytes in every encoding. */
export const FILLER_LETTER = 0x78;
export const OTHER_LETTER = 0x79;

/** A part of a code in packets: every byte a letter, but those that may be the scanner's ending. */
export function maskCode(part: Uint8Array, letter: number): Uint8Array {
  return part.map((byte) => (byte === CR || byte === LF ? byte : letter));
}

/** Spoils the last part of a code that was no text, so that it is refused again. */
export function maskAsNoText(masked: Uint8Array): void {
  const at = masked.findIndex((byte) => byte !== CR && byte !== LF);
  if (masked.length > 0) masked[Math.max(0, at)] = MALFORMED;
}

/** Whether a whole code is refused because it is no text. */
export function isNoText(code: Uint8Array, encoding: ScanEncoding): boolean {
  const read = readScan({ bytes: withoutEnding(code), encoding, symbology: null });
  return !read.ok && read.error === 'not-text';
}

/**
 * ESC/POS, as far as a receipt needs it. `n` is one octet; lengths are little-endian.
 *
 *     1B 40                            initialise: everything as after switching on
 *     1C 26                            Chinese mode on: two octets above 7F make one character
 *     1B 45 n                          bold on (1), off (0)
 *     1B 61 n                          left (0), centred (1)
 *     1D 21 n                          size: usual (00), twice as wide and high (11)
 *     1B 64 n                          print what is in the line and feed n lines
 *     1D 56 42 00                      feed to the cutter, partial cut
 *     1D 28 6B 04 00 31 41 32 00       QR: model 2
 *     1D 28 6B 03 00 31 43 n           QR: n dots to a module
 *     1D 28 6B 03 00 31 45 31          QR: error correction M
 *     1D 28 6B pL pH 31 50 30 data     QR: keep the data; p counts `31 50 30` too
 *     1D 28 6B 03 00 31 51 30          QR: print it
 *     10 04 n                          tell a status at once, n = 1..4 (`printer-status.ts`)
 *     1D 72 01                         tell the paper's state in turn, after everything before it
 *     10 14 08 01 03 14 01 06 02 08    throw away what was received and not yet printed
 *
 * Unverified, as no printer was at hand: the QR commands, the order in which `1D 72` is answered, and the last one. A
 * printer that does not know the last two passes over them; one without QR prints a receipt without its code.
 */
export const INITIALISE = Uint8Array.of(0x1b, 0x40);
export const CHINESE_MODE = Uint8Array.of(0x1c, 0x26);
export const CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);
export const TELL_IN_TURN = Uint8Array.of(0x1d, 0x72, 0x01);
export const THROW_AWAY = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

export type StatusQuestion = 1 | 2 | 3 | 4;

export function askStatus(question: StatusQuestion): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question);
}

export function bold(on: boolean): Uint8Array {
  return Uint8Array.of(0x1b, 0x45, on ? 1 : 0);
}

export function centred(on: boolean): Uint8Array {
  return Uint8Array.of(0x1b, 0x61, on ? 1 : 0);
}

export function doubleSize(on: boolean): Uint8Array {
  return Uint8Array.of(0x1d, 0x21, on ? 0x11 : 0x00);
}

export function feed(lines: number): Uint8Array {
  return Uint8Array.of(0x1b, 0x64, lines);
}

export function qrCode(code: { readonly data: Uint8Array; readonly dots: number }): readonly Uint8Array[] {
  const length = code.data.length + 3;
  return [
    Uint8Array.of(0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0),
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, code.dots),
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31),
    Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    code.data,
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30),
  ];
}

/**
 * Frames of the business terminal interface of a reader's security module (GA/T 467-2019, chapter 7).
 *
 * | bytes | request | response |
 * |---|---|---|
 * | 0-4 | AA AA AA 96 69 | AA AA AA 96 69 |
 * | 5-6 | Len, big-endian: bytes that follow | Len |
 * | 7.. | CMD, Para | SW1, SW2 (the card's own status), SW3 (the module's) |
 * | | data | data |
 * | last | CHK | CHK |
 *
 * CHK makes the XOR over Len..CHK zero. There is no echo of the command and no sequence number. A portrait may contain
 * the preamble, so that only the length says where a frame ends; readers may lose the first AA, so that four bytes are
 * enough of a preamble.
 */
import {
  createSdtDeframer,
  LARGEST_SDT_LENGTH,
  SDT_HEAD,
  SDT_PREAMBLE,
  type SdtDeframer,
} from './sdt-deframer.ts';

export type { SdtDeframer, SdtFramingCounts } from './sdt-deframer.ts';
export { LARGEST_SDT_LENGTH };

export interface SdtRequest {
  readonly command: number;
  readonly parameter: number;
  readonly data: Uint8Array;
}

export interface SdtResponse {
  readonly sw1: number;
  readonly sw2: number;
  /** SW3, the module's own status. */
  readonly status: number;
  readonly data: Uint8Array;
}

/** Statuses that come with the card's own SW1 SW2, which then need not be zero. */
const STATUSES_WITH_CARD_WORD: ReadonlySet<number> = new Set([0x31, 0x41, 0x47, 0x81]);

function xorOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

function encode(head: readonly number[], data: Uint8Array): Uint8Array {
  const length = head.length + data.length + 1;
  const frame = new Uint8Array(1 + SDT_HEAD + length);
  frame.set([0xaa, ...SDT_PREAMBLE, length >> 8, length & 0xff, ...head]);
  frame.set(data, 1 + SDT_HEAD + head.length);
  frame[frame.length - 1] = xorOf(frame.subarray(1 + SDT_PREAMBLE.length));
  return frame;
}

const NO_DATA = new Uint8Array(0);

export function encodeSdtRequest(request: {
  readonly command: number;
  readonly parameter: number;
  readonly data?: Uint8Array;
}): Uint8Array {
  return encode([request.command, request.parameter], request.data ?? NO_DATA);
}

export function encodeSdtResponse(response: {
  readonly sw1?: number;
  readonly sw2?: number;
  readonly status: number;
  readonly data?: Uint8Array;
}): Uint8Array {
  return encode([response.sw1 ?? 0, response.sw2 ?? 0, response.status], response.data ?? NO_DATA);
}

/** Reads what a reader sends. */
export function sdtResponseDeframer(): SdtDeframer<SdtResponse> {
  return createSdtDeframer({
    shortest: 4,
    read(buffer, from, to) {
      const sw1 = buffer[from] ?? 0;
      const status = buffer[from + 2] ?? 0;
      if (sw1 !== 0 && !STATUSES_WITH_CARD_WORD.has(status)) return null;
      return { sw1, sw2: buffer[from + 1] ?? 0, status, data: copied(buffer, from + 3, to) };
    },
  });
}

/** Reads what a reader is sent; a simulator's ear. */
export function sdtRequestDeframer(): SdtDeframer<SdtRequest> {
  return createSdtDeframer({
    shortest: 3,
    read: (buffer, from, to) => ({
      command: buffer[from] ?? 0,
      parameter: buffer[from + 1] ?? 0,
      data: copied(buffer, from + 2, to),
    }),
  });
}

function copied(buffer: Uint8Array, from: number, to: number): Uint8Array {
  return from === to ? NO_DATA : buffer.slice(from, to);
}

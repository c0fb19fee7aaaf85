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
const PREAMBLE = [0xaa, 0xaa, 0x96, 0x69] as const;
const HEAD = PREAMBLE.length + 2;
/** Largest length that is believed. The largest real answer, text, photo and two fingerprints, says 2314. */
export const LARGEST_SDT_LENGTH = 4096;
const CAPACITY = 2 * (HEAD + LARGEST_SDT_LENGTH);

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

/** What has gone by that was not a frame. Counts only grow. */
export interface SdtFramingCounts {
  readonly skippedBytes: number;
  readonly badChecksums: number;
  readonly badLengths: number;
  /** Well-formed frames that cannot be answers, such as our own request coming back. */
  readonly echoes: number;
}

export interface SdtDeframer<Frame> {
  /** Frames that are complete with this chunk. Never throws; each frame has its own memory. */
  push(chunk: Uint8Array): Frame[];
  /** Bytes of a frame that has begun and not ended. Never more than {@link LARGEST_SDT_LENGTH} and its head. */
  pending(): number;
  counts(): SdtFramingCounts;
  /** Forgets and zeroes what was begun; counts stay. */
  reset(): void;
}

/** Statuses that come with the card's own SW1 SW2, which then need not be zero. */
const STATUSES_WITH_CARD_WORD: readonly number[] = [0x31, 0x41, 0x47, 0x81];

function xorOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

function encode(head: readonly number[], data: Uint8Array): Uint8Array {
  const length = head.length + data.length + 1;
  const frame = new Uint8Array(1 + HEAD + length);
  frame.set([0xaa, ...PREAMBLE, length >> 8, length & 0xff, ...head]);
  frame.set(data, 1 + HEAD + head.length);
  frame[frame.length - 1] = xorOf(frame.subarray(1 + PREAMBLE.length));
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
  return createDeframer(4, (body) => {
    const [sw1 = 0, sw2 = 0, status = 0] = body;
    if (sw1 !== 0 && !STATUSES_WITH_CARD_WORD.includes(status)) return null;
    return { sw1, sw2, status, data: body.slice(3) };
  });
}

/** Reads what a reader is sent; a simulator's ear. */
export function sdtRequestDeframer(): SdtDeframer<SdtRequest> {
  return createDeframer(3, (body) => {
    const [command = 0, parameter = 0] = body;
    return { command, parameter, data: body.slice(2) };
  });
}

function createDeframer<Frame>(
  shortest: number,
  read: (body: Uint8Array) => Frame | null,
): SdtDeframer<Frame> {
  const buffer = new Uint8Array(CAPACITY);
  let filled = 0;
  const counts = { skippedBytes: 0, badChecksums: 0, badLengths: 0, echoes: 0 };

  /** Drops bytes from the front and zeroes where the rest has moved from, since frames hold personal data. */
  const drop = (count: number) => {
    buffer.copyWithin(0, count, filled);
    buffer.fill(0, filled - count, filled);
    filled -= count;
  };
  const preambleAt = (from: number): number => {
    for (let at = from; at + PREAMBLE.length <= filled; at += 1) {
      if (PREAMBLE.every((byte, index) => buffer[at + index] === byte)) return at;
    }
    return -1;
  };
  /** One AA right before a preamble belongs to it; everything else in front is rubbish. */
  const skipTo = (start: number) => {
    counts.skippedBytes += start > 0 && buffer[start - 1] === 0xaa ? start - 1 : start;
    drop(start);
  };

  const drain = (frames: Frame[]) => {
    for (;;) {
      const start = preambleAt(0);
      if (start < 0) {
        // Keeps one byte more than an unfinished preamble can have, so that a leading AA is still seen with it.
        const rubbish = filled - PREAMBLE.length;
        if (rubbish > 0) {
          counts.skippedBytes += rubbish;
          drop(rubbish);
        }
        return;
      }
      if (start > 0) skipTo(start);
      if (filled < HEAD) return;
      const length = ((buffer[HEAD - 2] ?? 0) << 8) | (buffer[HEAD - 1] ?? 0);
      if (length < shortest || length > LARGEST_SDT_LENGTH) {
        counts.badLengths += 1;
        counts.skippedBytes += 1;
        drop(1);
        continue;
      }
      if (filled < HEAD + length) return;
      if (xorOf(buffer.subarray(PREAMBLE.length, HEAD + length)) !== 0) {
        // On by one byte only: a frame may begin inside what looked like one.
        counts.badChecksums += 1;
        counts.skippedBytes += 1;
        drop(1);
        continue;
      }
      const frame = read(buffer.subarray(HEAD, HEAD + length - 1));
      if (frame === null) counts.echoes += 1;
      else frames.push(frame);
      drop(HEAD + length);
    }
  };

  return {
    push(chunk) {
      const frames: Frame[] = [];
      let taken = 0;
      while (taken < chunk.length) {
        const part = chunk.subarray(taken, taken + (CAPACITY - filled));
        buffer.set(part, filled);
        filled += part.length;
        taken += part.length;
        drain(frames);
      }
      return frames;
    },
    pending: () => (preambleAt(0) < 0 ? 0 : filled),
    counts: () => ({ ...counts }),
    reset() {
      buffer.fill(0, 0, filled);
      filled = 0;
    },
  };
}

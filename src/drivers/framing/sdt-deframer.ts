/** What begins every frame, as far as readers can be relied on: some lose the first of three AA. */
export const SDT_PREAMBLE = [0xaa, 0xaa, 0x96, 0x69] as const;
/** Preamble and length. */
export const SDT_HEAD = SDT_PREAMBLE.length + 2;
/** Largest length that is believed. The largest real answer, text, photo and two fingerprints, says 2314. */
export const LARGEST_SDT_LENGTH = 4096;
/** Room for the largest frame and for as much again, so that what is left moves to the front seldom. */
const CAPACITY = 2 * (SDT_HEAD + LARGEST_SDT_LENGTH);

/** What has gone by that was not a frame. Counts only grow. */
export interface SdtFramingCounts {
  /** Bytes outside of frames, but for zeros: reports are filled up with those. */
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

/**
 * Takes frames out of a stream, in time that grows with the bytes and never faster, whoever sends them.
 *
 * After a wrong checksum the search goes on one byte further, since a frame may begin inside what looked like one. A
 * sender of nothing but beginnings would so have each byte summed up thousands of times. Therefore `sums` runs along with
 * the buffer: `sums[i]` is the XOR of the bytes before i, and a checksum over any stretch is the XOR of two of them.
 */
export function createSdtDeframer<Frame>(options: {
  readonly shortest: number;
  /** A frame from its body, or null for one that cannot be. It copies what it keeps. */
  readonly read: (buffer: Uint8Array, from: number, to: number) => Frame | null;
}): SdtDeframer<Frame> {
  const { shortest, read } = options;
  const buffer = new Uint8Array(CAPACITY);
  const sums = new Uint8Array(CAPACITY + 1);
  /** What has not been dealt with lies from `start` to `end`; in front of `cleared` all is zero. */
  let start = 0;
  let end = 0;
  let cleared = 0;
  let skippedBytes = 0;
  let badChecksums = 0;
  let badLengths = 0;
  let echoes = 0;

  function isPreamble(at: number): boolean {
    return (
      at + SDT_PREAMBLE.length <= end &&
      buffer[at] === 0xaa &&
      buffer[at + 1] === 0xaa &&
      buffer[at + 2] === 0x96 &&
      buffer[at + 3] === 0x69
    );
  }

  /** The first preamble from `start` on, or -1. The last of four bytes says how far the next can be at the nearest. */
  function findPreamble(): number {
    let at = start;
    while (at + SDT_PREAMBLE.length <= end) {
      const last = buffer[at + 3];
      if (last === 0x69 && isPreamble(at)) return at;
      at += last === 0x96 ? 1 : last === 0xaa ? 2 : 4;
    }
    return -1;
  }

  function skipTo(next: number): void {
    for (let at = start; at < next; at += 1) if (buffer[at] !== 0) skippedBytes += 1;
    start = next;
  }

  function drain(frames: Frame[]): void {
    for (;;) {
      if (!isPreamble(start)) {
        const found = findPreamble();
        // Keeps one byte more than an unfinished preamble can have, so that a leading AA is still seen with it.
        if (found < 0) {
          skipTo(Math.max(start, end - SDT_PREAMBLE.length));
          return;
        }
        // One AA right before a preamble belongs to it; everything else in front is rubbish.
        skipTo(found > start && buffer[found - 1] === 0xaa ? found - 1 : found);
        start = found;
      }
      const body = start + SDT_HEAD;
      if (end < body) return;
      const length = ((buffer[body - 2] ?? 0) << 8) | (buffer[body - 1] ?? 0);
      const next = body + length;
      if (length < shortest || length > LARGEST_SDT_LENGTH) {
        badLengths += 1;
        skipTo(start + 1);
      } else if (end < next) {
        return;
      } else if (sums[next] !== sums[start + SDT_PREAMBLE.length]) {
        badChecksums += 1;
        skipTo(start + 1);
      } else {
        const frame = read(buffer, body, next - 1);
        if (frame === null) echoes += 1;
        else frames.push(frame);
        start = next;
      }
    }
  }

  /** Frames hold personal data: what was dealt with is zeroed, with the sums that tell it too. */
  function clear(): void {
    buffer.fill(0, cleared, start);
    if (start === end) {
      sums.fill(0, cleared, end + 1);
      start = 0;
      end = 0;
    } else {
      sums.fill(0, cleared, start);
    }
    cleared = start;
  }

  function makeRoom(): void {
    buffer.copyWithin(0, start, end);
    sums.copyWithin(0, start, end + 1);
    const left = end - start;
    buffer.fill(0, left, end);
    sums.fill(0, left + 1, end + 1);
    start = 0;
    end = left;
    cleared = 0;
  }

  function take(chunk: Uint8Array, from: number): number {
    const part = chunk.subarray(from, from + CAPACITY - end);
    buffer.set(part, end);
    const to = end + part.length;
    let sum = sums[end] ?? 0;
    for (let at = end; at < to; at += 1) {
      sum ^= buffer[at] ?? 0;
      sums[at + 1] = sum;
    }
    end = to;
    return part.length;
  }

  return {
    push(chunk) {
      const frames: Frame[] = [];
      let taken = 0;
      while (taken < chunk.length) {
        // A frame that was begun is never as long as the buffer, so that there is always something to gain.
        if (end === CAPACITY) makeRoom();
        taken += take(chunk, taken);
        drain(frames);
        clear();
      }
      return frames;
    },
    pending: () => (isPreamble(start) ? end - start : 0),
    counts: () => ({ skippedBytes, badChecksums, badLengths, echoes }),
    reset() {
      start = end;
      clear();
    },
  };
}

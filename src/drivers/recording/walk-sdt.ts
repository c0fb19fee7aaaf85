import { LARGEST_SDT_LENGTH } from '../framing/sdt.ts';
import { SDT_HEAD, SDT_PREAMBLE } from '../framing/sdt-deframer.ts';

/** A stretch of a stream that looks like a frame by its preamble and length. `end` is behind its checksum. */
export interface SdtStretch {
  /** Where the four bytes of the preamble begin. */
  readonly begin: number;
  readonly end: number;
  readonly kind: 'whole' | 'wrong-checksum';
}

/** What the framing of `framing/sdt-deframer.ts` sees in a stretch of a reader's bytes. */
export interface SdtWalk {
  readonly stretches: readonly SdtStretch[];
  /** 1 where a byte belongs to a preamble, to a length, or to the zeros that fill up a report after a frame. */
  readonly structure: Uint8Array;
  /** Lengths that cannot be; each is two bytes. */
  readonly badLengths: readonly number[];
  /** Where a frame begins that is not complete; null when nothing is under way. */
  readonly unfinished: number | null;
  /** Bytes that have to be there before more can be said; those that are there when nothing is under way. */
  readonly needed: number;
}

const SHORTEST = 4;

export function xorOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

/** Walks as the deframer does: by whole frames, and on by one byte where one is damaged. */
export function walkSdt(bytes: Uint8Array): SdtWalk {
  const structure = new Uint8Array(bytes.length);
  const stretches: SdtStretch[] = [];
  const badLengths: number[] = [];
  let position = 0;
  for (;;) {
    const begin = preambleAt(bytes, position);
    if (begin < 0) {
      const held = unfinishedPreamble(bytes, position);
      return {
        stretches,
        structure,
        badLengths,
        unfinished: held,
        needed: bytes.length + (held === null ? 0 : 1),
      };
    }
    // Readers send three AA; of more only one belongs to the frame.
    structure.fill(1, Math.max(position, begin - 1), begin + SDT_PREAMBLE.length);
    if (begin > position && bytes[begin - 1] !== SDT_PREAMBLE[0]) structure[begin - 1] = 0;
    const waits = (needed: number): SdtWalk => ({
      stretches,
      structure,
      badLengths,
      unfinished: begin,
      needed,
    });
    if (begin + SDT_HEAD > bytes.length) return waits(begin + SDT_HEAD);
    const length = ((bytes[begin + 4] ?? 0) << 8) | (bytes[begin + 5] ?? 0);
    if (length < SHORTEST || length > LARGEST_SDT_LENGTH) {
      badLengths.push(begin + 4);
      position = begin + 1;
      continue;
    }
    structure.fill(1, begin + 4, begin + SDT_HEAD);
    const end = begin + SDT_HEAD + length;
    if (end > bytes.length) return waits(end);
    const whole = xorOf(bytes.subarray(begin + 4, end)) === 0;
    stretches.push({ begin, end, kind: whole ? 'whole' : 'wrong-checksum' });
    position = whole ? end : begin + 1;
    if (whole) {
      while (position < bytes.length && bytes[position] === 0) {
        structure[position] = 1;
        position += 1;
      }
    }
  }
}

function preambleAt(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(SDT_PREAMBLE[0], from); at >= 0; at = bytes.indexOf(SDT_PREAMBLE[0], at + 1)) {
    if (SDT_PREAMBLE.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

/** Where the last bytes may be the beginning of a preamble. */
function unfinishedPreamble(bytes: Uint8Array, from: number): number | null {
  for (let length = SDT_PREAMBLE.length - 1; length > 0; length -= 1) {
    const at = bytes.length - length;
    if (at < from) continue;
    if (SDT_PREAMBLE.slice(0, length).every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return null;
}

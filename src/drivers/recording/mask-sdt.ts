import { SDT_HEAD } from '../framing/sdt-deframer.ts';
import { FILLER, type Mask } from './mask.ts';
import { maskCardData } from './mask-card-data.ts';
import type { SdtStretch, SdtWalk } from './walk-sdt.ts';
import { walkSdt, xorOf } from './walk-sdt.ts';

/** Bytes that are held at most while a frame is not complete: a frame of the largest length, and as much behind it. */
const LONGEST_HELD = 12_288;
/** Two 16-bit and three 32-bit numbers. */
const SAM_ID_LENGTH = 16;
/** Where real modules have their maker's number, invented ones have this. */
const INVENTED_MAKER = 99;
/** Answers to find and select are zeros, so many at most. */
const LONGEST_ZEROS = 8;
const NOTHING = new Uint8Array(0);

/**
 * A reader's answers. Frames are judged when they are complete; what is no whole frame keeps its preambles and lengths,
 * by which the framing goes, and nothing else. The driver asks again only when it has given the last answer up, and its
 * framing begins anew then: so does this.
 */
export function maskSdt(): Mask {
  let held: Uint8Array = NOTHING;
  let needed = 0;
  /** Told by the module itself: everything that lies on it is invented. */
  let invented = false;

  function dataToShow(data: Uint8Array): Uint8Array {
    if (data.length === SAM_ID_LENGTH && isSamId(data)) {
      invented = data[0] === INVENTED_MAKER && data[1] === 0;
      return data;
    }
    const isEmpty = data.length <= LONGEST_ZEROS && data.every((byte) => byte === 0);
    return invented || isEmpty ? data : maskCardData(data);
  }

  function maskHeld(walk: SdtWalk): Uint8Array {
    const masked = held.map((byte, at) => (walk.structure[at] === 1 ? byte : FILLER));
    for (const at of walk.badLengths) maskBadLength(held, masked, walk.structure, at);
    for (const stretch of walk.stretches) {
      if (stretch.kind === 'wrong-checksum') continue;
      const first = stretch.begin + SDT_HEAD;
      masked.set(held.subarray(first, first + 3), first);
      masked.set(dataToShow(held.subarray(first + 3, stretch.end - 1)), first + 3);
      masked[stretch.end - 1] = 0;
      masked[stretch.end - 1] = xorOf(masked.subarray(stretch.begin + 4, stretch.end));
    }
    keepWrong(held, masked, walk);
    held.fill(0);
    held = NOTHING;
    needed = 0;
    return masked;
  }

  return {
    asked: (bytes) => bytes.slice(),
    heard(bytes) {
      const joined = new Uint8Array(held.length + bytes.length);
      joined.set(held);
      joined.set(bytes, held.length);
      held.fill(0);
      held = joined;
      if (held.length < needed) return NOTHING;
      const walk = walkSdt(held);
      if (walk.unfinished === null || held.length > LONGEST_HELD) return maskHeld(walk);
      needed = walk.needed;
      return NOTHING;
    },
    settle: () => (held.length === 0 ? NOTHING : maskHeld(walkSdt(held))),
  };
}

/** Sixteen bytes are the module's identity only when they read as one: maker, kind, a day, two numbers. */
function isSamId(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const day = view.getUint32(4, true);
  return (
    view.getUint16(0, true) <= 99 &&
    view.getUint16(2, true) <= 99 &&
    day >= 20_000_101 &&
    day <= 20_991_231 &&
    day % 100 >= 1 &&
    day % 100 <= 31
  );
}

/** A length that cannot be stays one: it is written as too small or too large. */
function maskBadLength(original: Uint8Array, masked: Uint8Array, structure: Uint8Array, at: number): void {
  const isSmall = original[at] === 0;
  for (const place of [at, at + 1]) if (structure[place] !== 1) masked[place] = isSmall ? 0 : 0xff;
}

/**
 * Leaves each wrong checksum exactly as wrong as it was, by one byte that belongs to nothing else. The last stretch
 * first: what one byte of it changes, an earlier stretch around it takes into account.
 */
function keepWrong(original: Uint8Array, masked: Uint8Array, walk: SdtWalk): void {
  const taken = walk.structure.slice();
  for (const at of walk.badLengths) taken.fill(1, at, at + 2);
  const wrong: SdtStretch[] = [];
  for (const stretch of walk.stretches) {
    if (stretch.kind === 'whole') taken.fill(1, stretch.begin, stretch.end);
    else wrong.push(stretch);
  }
  for (const { begin, end } of wrong.reverse()) {
    const off = xorOf(original.subarray(begin + 4, end)) ^ xorOf(masked.subarray(begin + 4, end));
    const at = taken[end - 1] === 0 ? end - 1 : taken.indexOf(0, begin + SDT_HEAD);
    if (off === 0 || at < 0 || at >= end) continue;
    masked[at] = (masked[at] ?? 0) ^ off;
    taken[at] = 1;
  }
}

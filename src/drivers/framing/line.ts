/** How a scanner ends what it has read. */
export type LineSuffix = 'cr' | 'lf' | 'crlf';

export type LineFrame =
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  /** More bytes than the limit without an end; everything up to the next end is dropped. Told once. */
  | { readonly kind: 'too-long' }
  /** A line that began and never ended. */
  | { readonly kind: 'cut' };

export interface LineFramer {
  /** Lines that are complete with this chunk, without their ending. Empty lines are dropped. Never throws. */
  push(chunk: Uint8Array): LineFrame[];
  /** The line has been silent: how long that is, is the caller's to know. */
  silence(): LineFrame[];
  /** A line has begun, or the rest of one that is too long is still to come. */
  begun(): boolean;
  /** Bytes of an unfinished line; never more than the limit and two. */
  pending(): number;
  /** Drops the line that has begun, up to its end or a silence; nothing is told of it. */
  drop(): void;
  /** Forgets and zeroes what was begun. */
  reset(): void;
}

const CR = 0x0d;
const LF = 0x0a;

/**
 * Cuts a scanner's bytes into lines of at most `limit` bytes. With the suffix set to one of CR and LF the other one is
 * forgiven where it stands beside it: many scanners send CR LF whatever the label on them says. Silence in a line means
 * that its end was lost.
 */
export function lineFramer(options: { readonly suffix: LineSuffix; readonly limit: number }): LineFramer {
  const { suffix, limit } = options;
  const last = suffix === 'cr' ? CR : LF;
  // One more than the limit, for the CR before an LF.
  const buffer = new Uint8Array(limit + 1);
  let filled = 0;
  let overflowing = false;

  const finish = (): LineFrame | null => {
    let end = filled;
    if (suffix !== 'cr' && buffer[end - 1] === CR) end -= 1;
    const start = suffix === 'cr' && buffer[0] === LF ? 1 : 0;
    if (start >= end) return null;
    return end - start > limit ? { kind: 'too-long' } : { kind: 'line', bytes: buffer.slice(start, end) };
  };
  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
    overflowing = false;
  };
  const take = (part: Uint8Array, frames: LineFrame[]) => {
    // A line that was too long stays dropped up to its suffix.
    if (overflowing) return;
    if (filled + part.length > buffer.length) {
      clear();
      overflowing = true;
      frames.push({ kind: 'too-long' });
    } else {
      buffer.set(part, filled);
      filled += part.length;
    }
  };

  // The LF behind a CR is no beginning of anything.
  const hasBegun = () => filled > 1 || (filled === 1 && buffer[0] !== LF);

  return {
    push(chunk) {
      const frames: LineFrame[] = [];
      for (let at = 0; at < chunk.length; ) {
        const found = chunk.indexOf(last, at);
        const end = found < 0 ? chunk.length : found;
        if (end > at) take(chunk.subarray(at, end), frames);
        if (found < 0) break;
        if (suffix !== 'crlf' || overflowing || buffer[filled - 1] === CR) {
          const frame = overflowing || filled === 0 ? null : finish();
          clear();
          if (frame) frames.push(frame);
        } else take(chunk.subarray(found, found + 1), frames);
        at = found + 1;
      }
      return frames;
    },
    silence() {
      const lost = hasBegun();
      clear();
      return lost ? [{ kind: 'cut' }] : [];
    },
    begun: () => filled > 0 || overflowing,
    pending: () => filled,
    drop() {
      const under = hasBegun() || overflowing;
      clear();
      overflowing = under;
    },
    reset: clear,
  };
}

/** A CR, LF or CR LF at the end is the scanner's, not the code's, where something else says how long the code is. */
export function withoutEnding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  if (bytes[end - 1] === LF) end -= 1;
  if (bytes[end - 1] === CR) end -= 1;
  return bytes.subarray(0, end);
}

/** Cuts a scanner's bytes into lines where nothing but silence ends them. A CR and LF at the end are taken off all the same. */
export function gapFramer(options: { readonly limit: number }): LineFramer {
  const { limit } = options;
  // Two more than the limit, for a CR LF.
  const buffer = new Uint8Array(limit + 2);
  let filled = 0;
  let overflowing = false;
  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
    overflowing = false;
  };

  return {
    push(chunk) {
      if (overflowing) return [];
      if (filled + chunk.length > buffer.length) {
        clear();
        overflowing = true;
        return [{ kind: 'too-long' }];
      }
      buffer.set(chunk, filled);
      filled += chunk.length;
      return [];
    },
    silence() {
      const bytes = withoutEnding(buffer.subarray(0, filled)).slice();
      clear();
      if (bytes.length > limit) return [{ kind: 'too-long' }];
      return bytes.length === 0 ? [] : [{ kind: 'line', bytes }];
    },
    begun: () => filled > 0 || overflowing,
    pending: () => filled,
    drop() {
      const under = filled > 0 || overflowing;
      clear();
      overflowing = under;
    },
    reset: clear,
  };
}

/** How a scanner ends what it has read. */
export type LineSuffix = 'cr' | 'lf' | 'crlf';

export type LineFrame =
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  /** More bytes than the limit without a suffix; everything up to the next suffix is dropped. Told once. */
  | { readonly kind: 'too-long' };

export interface LineFramer {
  /** Lines that are complete with this chunk, without their suffix. Empty lines are dropped. Never throws. */
  push(chunk: Uint8Array): LineFrame[];
  /** Bytes of an unfinished line; never more than the limit and one. */
  pending(): number;
  reset(): void;
}

const CR = 0x0d;
const LF = 0x0a;

/**
 * Cuts a scanner's bytes into lines of at most `limit` bytes. With the suffix set to one of CR and LF the other one is
 * forgiven where it stands beside it: many scanners send CR LF whatever the label on them says.
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
    const bytes = buffer.slice(Math.min(start, end), end);
    if (bytes.length > limit) return { kind: 'too-long' };
    return bytes.length === 0 ? null : { kind: 'line', bytes };
  };
  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
    overflowing = false;
  };

  return {
    push(chunk) {
      const frames: LineFrame[] = [];
      for (const byte of chunk) {
        const ends = byte === last && (suffix !== 'crlf' || overflowing || buffer[filled - 1] === CR);
        if (ends) {
          const frame = overflowing ? null : finish();
          clear();
          if (frame) frames.push(frame);
        } else if (overflowing) {
          // A line that was too long stays dropped up to its suffix.
        } else if (filled === buffer.length) {
          clear();
          overflowing = true;
          frames.push({ kind: 'too-long' });
        } else {
          buffer[filled] = byte;
          filled += 1;
        }
      }
      return frames;
    },
    pending: () => filled,
    reset: clear,
  };
}

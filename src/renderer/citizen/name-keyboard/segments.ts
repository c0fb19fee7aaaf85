import type { PinyinTable } from './pinyin-table.ts';

/** A run of typed letters that stands for one character. */
export interface Segment {
  readonly letters: string;
  /** False while it is only the beginning of a reading: `zh`, `s`. */
  readonly complete: boolean;
}

/** Parts typed letters itself: xi'an is two characters, xian is one. */
export const SEPARATOR = "'";

const LONGEST_READING = 6;
/** Ways to part the letters that are kept at each place; more are never shown. */
const KEPT = 4;

interface Parting {
  readonly segments: readonly Segment[];
  readonly incomplete: number;
}

/**
 * Parts letters into readings, the likeliest parting first: the fewest unfinished readings, then the fewest characters,
 * then the longer reading first. When no parting covers all letters, those of the longest beginning that one covers.
 */
export function partLetters(table: PinyinTable, letters: string): readonly (readonly Segment[])[] {
  const upTo: Parting[][] = [[{ segments: [], incomplete: 0 }]];
  let farthest = 0;
  for (let end = 1; end <= letters.length; end += 1) {
    const found: Parting[] = [];
    for (let start = Math.max(0, end - LONGEST_READING - 1); start < end; start += 1) {
      const segment = segmentOf(table, letters.slice(start, end));
      if (segment === null) continue;
      for (const before of upTo[start] ?? []) {
        found.push({
          segments: [...before.segments, segment],
          incomplete: before.incomplete + (segment.complete ? 0 : 1),
        });
      }
    }
    upTo[end] = found.sort(likelierFirst).slice(0, KEPT);
    if (found.length > 0) farthest = end;
  }
  return farthest === 0 ? [] : (upTo[farthest] ?? []).map(({ segments }) => segments);
}

/** A separator closes the segment before it and belongs to it. */
function segmentOf(table: PinyinTable, letters: string): Segment | null {
  const reading = letters.endsWith(SEPARATOR) ? letters.slice(0, -1) : letters;
  if (reading === '' || reading.includes(SEPARATOR)) return null;
  // What has no vowel is hummed: m, ng. Typed, it is the beginning of something.
  if (/[aeiouv]/.test(reading) && table.entry(reading) !== undefined) return { letters, complete: true };
  return table.readingsFrom(reading).length > 0 ? { letters, complete: false } : null;
}

function likelierFirst(a: Parting, b: Parting): number {
  if (a.incomplete !== b.incomplete) return a.incomplete - b.incomplete;
  if (a.segments.length !== b.segments.length) return a.segments.length - b.segments.length;
  for (const [place, segment] of a.segments.entries()) {
    const difference = (b.segments[place]?.letters.length ?? 0) - segment.letters.length;
    if (difference !== 0) return difference;
  }
  return 0;
}

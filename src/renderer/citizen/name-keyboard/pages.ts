import type { Candidate } from './candidates.ts';

/** The candidates' grid: nine columns in two rows. */
export const COLUMNS = 9;
const ROWS = 2;

/** Widths as the style sheet has them: a column with its gap, a character, and what a key leaves around its text. */
const COLUMN = 106;
const CHARACTER = 58;
const PADDING = 10;

export interface PlacedCandidate extends Candidate {
  /** Columns that it takes. */
  readonly span: number;
}

/** Columns that a text of this many characters takes, at the size that candidates are written in. */
export function spanOf(characters: number): number {
  return Math.min(COLUMNS, Math.ceil((characters * CHARACTER + PADDING) / COLUMN));
}

/**
 * Lays candidates out in their order, row by row and page by page; one that does not fit the rest of a row begins the
 * next. Every candidate stands on exactly one page.
 */
export function pagesOf(candidates: readonly PlacedCandidate[]): readonly (readonly PlacedCandidate[])[] {
  const pages: PlacedCandidate[][] = [];
  let row = ROWS;
  let column = 0;
  for (const candidate of candidates) {
    if (column + candidate.span > COLUMNS) {
      row += 1;
      column = 0;
    }
    if (row >= ROWS) {
      pages.push([]);
      row = 0;
      column = 0;
    }
    pages.at(-1)?.push(candidate);
    column += candidate.span;
  }
  return pages;
}

import type { PinyinTable } from './pinyin-table.ts';
import { partLetters, SEPARATOR, type Segment } from './segments.ts';

/** What a touch puts into the name. */
export interface Candidate {
  readonly text: string;
  /** How many of the typed letters it stands for, from the left. */
  readonly letters: number;
}

/** Whole names that are put together from several readings. */
const COMBINATIONS = 4;
/** How deep each reading's characters are looked at for them. */
const COMBINED_DEPTH = 4;

/**
 * Candidates for typed letters (a-z and the separator): whole names first when several readings were typed, then
 * surnames of two characters, then the characters of the first reading. At the start of a name surnames lead, under the
 * reading that they have as surnames.
 */
export function candidatesFor(options: {
  readonly table: PinyinTable;
  readonly letters: string;
  readonly atStart: boolean;
}): readonly Candidate[] {
  const { table, letters, atStart } = options;
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate) => {
    if (!found.has(candidate.text)) found.set(candidate.text, candidate);
  };
  for (const segments of partLetters(table, letters)) {
    const [first, second] = segments;
    if (first === undefined) continue;
    const compounds = atStart && second !== undefined ? compoundsOf(table, first, second) : [];
    for (const text of combinations({ table, segments, atStart, compounds })) {
      add({ text, letters: lengthOf(segments) });
    }
    for (const text of compounds) add({ text, letters: lengthOf(segments.slice(0, 2)) });
    for (const text of charactersOf(table, first, atStart)) add({ text, letters: first.letters.length });
  }
  return [...found.values()];
}

function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { letters }) => sum + letters.length, 0);
}

function readingOf(segment: Segment): string {
  return segment.letters.replace(SEPARATOR, '');
}

/** Both readings of a surname of two characters have to be whole. */
function compoundsOf(table: PinyinTable, first: Segment, second: Segment): readonly string[] {
  if (!first.complete || !second.complete) return [];
  return table.compoundSurnames(`${readingOf(first)}'${readingOf(second)}`);
}

function charactersOf(table: PinyinTable, segment: Segment, atStart: boolean): readonly string[] {
  const reading = readingOf(segment);
  if (!segment.complete) return charactersFrom(table, reading, atStart);
  const entry = table.entry(reading);
  if (entry === undefined) return [];
  return atStart ? [...new Set([...entry.surnames, ...entry.characters])] : entry.characters;
}

/** Characters of every reading that begins so: known names in their order, then the readings one after another. */
function charactersFrom(table: PinyinTable, prefix: string, atStart: boolean): readonly string[] {
  const entries = table.readingsFrom(prefix).flatMap((reading) => table.entry(reading) ?? []);
  const surnames = atStart ? entries.flatMap((entry) => entry.surnames) : [];
  const characters = entries.flatMap((entry) => entry.characters);
  const inOrder = (as: 'surname' | 'given', all: readonly string[]) =>
    all
      .filter((character) => Number.isFinite(table.rank(character, as)))
      .sort((a, b) => table.rank(a, as) - table.rank(b, as));
  return [...new Set([...inOrder('surname', surnames), ...inOrder('given', characters), ...characters])];
}

/** Names of all segments, best first. A single segment has none: its characters stand for themselves. */
function combinations(options: {
  readonly table: PinyinTable;
  readonly segments: readonly Segment[];
  readonly atStart: boolean;
  readonly compounds: readonly string[];
}): readonly string[] {
  const { table, segments, atStart, compounds } = options;
  const [first, ...others] = segments;
  if (first === undefined || others.length === 0) return [];
  const compound = compounds.length > 0;
  const heads = compound ? compounds : firstFew(charactersOf(table, first, atStart));
  let names = heads.map((text, cost) => ({ text, cost }));
  for (const segment of compound ? others.slice(1) : others) {
    const next = firstFew(charactersOf(table, segment, false));
    names = names
      .flatMap((name) => next.map((text, cost) => ({ text: name.text + text, cost: name.cost + cost })))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, COMBINATIONS);
  }
  return names.map(({ text }) => text);
}

function firstFew(characters: readonly string[]): readonly string[] {
  return characters.slice(0, COMBINED_DEPTH);
}

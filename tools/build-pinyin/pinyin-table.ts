import { pinyin } from 'pinyin-pro';
import pinyinlite from 'pinyinlite';
import { GIVEN_NAME_CHARACTERS } from './given-names.ts';
import { COMPOUND_SURNAMES, SURNAME_READINGS, SURNAMES } from './surnames.ts';

/** Readings that neither package has as one types them: a character that is only hummed has no vowel there. */
const TYPED_READINGS: Readonly<Record<string, readonly string[]>> = { 嗯: ['en'], 呒: ['mu'] };

/** A rarer reading of a name character stands this many places behind the usual one. */
const RARE_READING = 300;
/** Where characters that are not known from names begin, by how common the standards hold them. */
const TIERS = { everyday: 10_000, lessCommon: 30_000, inNoStandard: 50_000, extension: 70_000 } as const;
const RARE_READING_OF_TIER = 10_000;

/**
 * The table of the name keyboard, UTF-8 with a line feed after every line:
 *
 * | line | content |
 * |---|---|
 * | `# …` | where the readings are from, and the licences |
 * | `@surnames …` | surnames of one character, the most frequent first |
 * | `@given …` | characters of given names, the most frequent first |
 * | `reading TAB surnames TAB characters` | in the order of the alphabet; both lists the most fitting first |
 * | `reading'reading TAB surnames` | surnames of two characters, separated by a space |
 *
 * A reading is a syllable without its tone, ü written v.
 */
export function pinyinTable(licences: readonly string[]): string {
  const surnames = surnamesByReading();
  const characters = charactersByReading();
  const given = unique(GIVEN_NAME_CHARACTERS);
  const readings = [...new Set([...surnames.keys(), ...characters.keys()])].sort();
  const lines = readings.map((reading) => {
    const names = surnames.get(reading) ?? [];
    return reading.includes("'")
      ? `${reading}\t${names.join(' ')}`
      : `${reading}\t${names.join('')}\t${(characters.get(reading) ?? []).join('')}`;
  });
  const notices = licences
    .flatMap((licence) => licence.trimEnd().split(/\r?\n/))
    .map((line) => `# ${line}`.trimEnd());
  return `${[...notices, `@surnames ${unique(SURNAMES).join('')}`, `@given ${given.join('')}`, ...lines].join('\n')}\n`;
}

function surnamesByReading(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const surname of [...unique(SURNAMES), ...COMPOUND_SURNAMES]) {
    for (const reading of surnameReadings(surname)) append(found, reading, surname);
  }
  return found;
}

function surnameReadings(surname: string): readonly string[] {
  const own = SURNAME_READINGS[surname];
  if (surname.length === 2) return [(own ?? readAsSurname(surname)).join("'")];
  return own ?? readAsSurname(surname);
}

function readAsSurname(surname: string): string[] {
  return pinyin(surname, { surname: 'head', toneType: 'none', type: 'array', v: true });
}

function charactersByReading(): Map<string, string[]> {
  const given = new Map(unique(GIVEN_NAME_CHARACTERS).map((character, place) => [character, place]));
  const standard = gb2312Levels();
  const ranked = new Map<string, { readonly character: string; readonly rank: number }[]>();
  for (let code = 0x3007; code <= 0x323af; code += 1) {
    const character = String.fromCodePoint(code);
    if (code !== 0x3007 && !/\p{Unified_Ideograph}/u.test(character)) continue;
    readingsOf(character).forEach((reading, place) => {
      const named = given.get(character);
      const rank =
        named === undefined
          ? tierOf(code, standard.get(character)) + (place === 0 ? 0 : RARE_READING_OF_TIER)
          : named + (place === 0 ? 0 : RARE_READING);
      append(ranked, reading, { character, rank });
    });
  }
  return new Map(
    [...ranked].map(([reading, entries]) => [
      reading,
      // Equal ranks keep the order of the code points.
      entries.toSorted((a, b) => a.rank - b.rank).map(({ character }) => character),
    ]),
  );
}

function tierOf(code: number, level: 1 | 2 | undefined): number {
  if (level !== undefined) return level === 1 ? TIERS.everyday : TIERS.lessCommon;
  return code >= 0x4e00 && code <= 0x9fff ? TIERS.inNoStandard : TIERS.extension;
}

/** Readings without tones, the usual one first. The second package is asked for what the first does not know. */
function readingsOf(character: string): readonly string[] {
  const known = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
  const read = known[0] === character ? (pinyinlite(character)[0] ?? []) : known;
  const typed = [...read, ...(TYPED_READINGS[character] ?? [])].map((reading) => reading.replace('ê', 'ei'));
  return [...new Set(typed)].filter((reading) => /^[a-z]+$/.test(reading));
}

/** GB/T 2312: the everyday characters of level 1 fill rows 16 to 55, the less common ones of level 2 rows 56 to 87. */
export function gb2312Levels(): ReadonlyMap<string, 1 | 2> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const levels = new Map<string, 1 | 2>();
  for (let row = 16; row <= 87; row += 1) {
    for (let cell = 1; cell <= 94; cell += 1) {
      const character = decoder.decode(new Uint8Array([row + 0xa0, cell + 0xa0]));
      if (/\p{Unified_Ideograph}/u.test(character)) levels.set(character, row < 56 ? 1 : 2);
    }
  }
  return levels;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function unique(characters: string): string[] {
  return [...new Set(characters)];
}

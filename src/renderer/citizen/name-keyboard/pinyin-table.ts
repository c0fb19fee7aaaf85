/** The candidates that the build put into `pinyin-table.txt`, opened for look-ups. */
export interface PinyinTable {
  /** Characters for a reading, the most fitting first: as a surname, and anywhere in a name. */
  entry(reading: string): PinyinEntry | undefined;
  /** Surnames of two characters by their two readings joined with an apostrophe. */
  compoundSurnames(readings: string): readonly string[];
  /** Readings that begin with these letters, in the order of the alphabet. */
  readingsFrom(prefix: string): readonly string[];
  /** Place of a character among the surnames, or among the characters of given names; infinite outside. */
  rank(character: string, as: 'surname' | 'given'): number;
}

export interface PinyinEntry {
  readonly surnames: readonly string[];
  readonly characters: readonly string[];
}

/** Letters that people type for a reading that stands otherwise in the table. */
const ALIASES: readonly (readonly [typed: string, standing: string])[] = [
  ['nue', 'nve'],
  ['lue', 'lve'],
  // Passports write ü as YU: LYU for 吕.
  ['nyu', 'nv'],
  ['lyu', 'lv'],
  ['nyue', 'nve'],
  ['lyue', 'lve'],
];

/** After these initials u is spoken ü, and is typed as v by some. */
const SPOKEN_V = /^([jqxy])u/;

/**
 * Opens the text that `tools/build-pinyin` describes. Throws on anything else: the table is built with the product, so
 * that a fault in it is a fault of the build.
 */
export function openPinyinTable(text: string): PinyinTable {
  const entries = new Map<string, PinyinEntry>();
  const compounds = new Map<string, readonly string[]>();
  const orders = { surname: new Map<string, number>(), given: new Map<string, number>() };
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('@surnames ')) orders.surname = places(line.slice('@surnames '.length));
    else if (line.startsWith('@given ')) orders.given = places(line.slice('@given '.length));
    else {
      const [reading = '', surnames, characters] = line.split('\t');
      if (surnames === undefined) throw new Error('a line of the pinyin table holds no candidates');
      if (reading.includes("'")) compounds.set(reading, surnames.split(' '));
      else entries.set(reading, { surnames: [...surnames], characters: [...(characters ?? '')] });
    }
  }
  if (orders.surname.size === 0 || orders.given.size === 0 || entries.size === 0) {
    throw new Error('the pinyin table is not whole');
  }
  const readings = [...entries.keys()];
  for (const reading of readings) {
    const typed = reading.replace(SPOKEN_V, '$1v');
    const entry = entries.get(reading);
    if (typed !== reading && entry !== undefined) entries.set(typed, entry);
  }
  for (const [typed, standing] of ALIASES) {
    const entry = entries.get(standing);
    if (entry !== undefined) entries.set(typed, entry);
  }
  return {
    entry: (reading) => entries.get(reading),
    compoundSurnames: (pair) => compounds.get(pair) ?? [],
    readingsFrom: (prefix) => readings.filter((reading) => reading.startsWith(prefix)),
    rank: (character, as) => orders[as].get(character) ?? Number.POSITIVE_INFINITY,
  };
}

function places(characters: string): Map<string, number> {
  return new Map([...characters].map((character, place) => [character, place]));
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type AttackRecord, readRecord, writeRecord } from './attack-record.ts';

/** The committed records, one file for each species; a run that is broken off keeps what it has. */
export interface RecordStore<T> {
  find(species: string, id: string): T | null;
  all(species: string): readonly T[];
  keep(species: string, record: T): void;
}

/** How a record stands in its line. */
interface LineCodec<T> {
  /** What comes before `.gz` in the name of a file. */
  readonly ending: string;
  readonly write: (record: T) => string;
  readonly read: (line: string) => T | null;
}

/** Presentations. */
export function recordStore(folder: string): RecordStore<AttackRecord> {
  return lineStore(folder, { ending: 'records', write: writeRecord, read: readRecord });
}

export function lineStore<T extends { readonly id: string }>(
  folder: string,
  codec: LineCodec<T>,
): RecordStore<T> {
  const species = new Map<string, Map<string, T>>();

  function recordsOf(name: string): Map<string, T> {
    const known = species.get(name);
    if (known) return known;
    const file = fileOf(name);
    const lines = existsSync(file) ? gunzipSync(readFileSync(file)).toString('utf8').split('\n') : [];
    const read = new Map(
      lines
        .filter((line) => line !== '')
        .flatMap((line) => codec.read(line) ?? [])
        .map((record) => [record.id, record] as const),
    );
    species.set(name, read);
    return read;
  }

  const fileOf = (name: string) => join(folder, `${name}.${codec.ending}.gz`);

  return {
    find: (name, id) => recordsOf(name).get(id) ?? null,
    all: (name) => [...recordsOf(name).values()],
    keep(name, record) {
      const records = recordsOf(name);
      records.set(record.id, record);
      mkdirSync(folder, { recursive: true });
      const sorted = [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const packed = gzipSync(sorted.map((each) => `${codec.write(each)}\n`).join(''), { level: 9 });
      // Whole or not at all: the run may be broken off at any moment.
      writeFileSync(`${fileOf(name)}.new`, packed);
      renameSync(`${fileOf(name)}.new`, fileOf(name));
    },
  };
}

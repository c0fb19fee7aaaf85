import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type AttackRecord, readRecord, writeRecord } from './attack-record.ts';

/** The committed records, one file for each species; a run that is broken off keeps what it has. */
export interface RecordStore {
  find(species: string, id: string): AttackRecord | null;
  all(species: string): readonly AttackRecord[];
  keep(species: string, record: AttackRecord): void;
}

export function recordStore(folder: string): RecordStore {
  const species = new Map<string, Map<string, AttackRecord>>();

  function recordsOf(name: string): Map<string, AttackRecord> {
    const known = species.get(name);
    if (known) return known;
    const file = fileOf(name);
    const lines = existsSync(file) ? gunzipSync(readFileSync(file)).toString('utf8').split('\n') : [];
    const read = new Map(
      lines
        .filter((line) => line !== '')
        .map((line) => {
          const record = readRecord(line);
          return [record.id, record] as const;
        }),
    );
    species.set(name, read);
    return read;
  }

  const fileOf = (name: string) => join(folder, `${name}.records.gz`);

  return {
    find: (name, id) => recordsOf(name).get(id) ?? null,
    all: (name) => [...recordsOf(name).values()],
    keep(name, record) {
      const records = recordsOf(name);
      records.set(record.id, record);
      mkdirSync(folder, { recursive: true });
      const sorted = [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const packed = gzipSync(sorted.map((each) => `${writeRecord(each)}\n`).join(''), { level: 9 });
      // Whole or not at all: the run may be broken off at any moment.
      writeFileSync(`${fileOf(name)}.new`, packed);
      renameSync(`${fileOf(name)}.new`, fileOf(name));
    },
  };
}

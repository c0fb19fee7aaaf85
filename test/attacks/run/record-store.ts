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

/** How a record stands in its file. */
interface RecordCodec<T> {
  /** What comes before `.gz` in the name of a file. */
  readonly ending: string;
  readonly write: (record: T) => Uint8Array;
  readonly read: (bytes: Uint8Array) => T | null;
}

/** Presentations. */
export function recordStore(folder: string): RecordStore<AttackRecord> {
  return packedStore(folder, { ending: 'records', write: writeRecord, read: readRecord });
}

export function packedStore<T extends { readonly id: string }>(
  folder: string,
  codec: RecordCodec<T>,
): RecordStore<T> {
  const species = new Map<string, Map<string, T>>();

  function recordsOf(name: string): Map<string, T> {
    const known = species.get(name);
    if (known) return known;
    const file = fileOf(name);
    const packed = existsSync(file) ? unpack(gunzipSync(readFileSync(file))) : [];
    const read = new Map(
      packed.flatMap((bytes) => codec.read(bytes) ?? []).map((record) => [record.id, record] as const),
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
      const packed = gzipSync(pack(sorted.map(codec.write)), { level: 9 });
      // Whole or not at all: the run may be broken off at any moment.
      writeFileSync(`${fileOf(name)}.new`, packed);
      renameSync(`${fileOf(name)}.new`, fileOf(name));
    },
  };
}

/** Each record after its length, four bytes, the highest first. */
function pack(records: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    records.flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function unpack(packed: Buffer): readonly Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const from = at + 4;
    at = from + packed.readUInt32BE(at);
    records.push(new Uint8Array(packed.subarray(from, at)));
  }
  return records;
}

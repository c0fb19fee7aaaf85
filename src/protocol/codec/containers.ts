import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import type { CborValue } from '../cbor.ts';
import { type Codec, type Misfit, misfit, outOfBounds } from './codec.ts';
import { nullable } from './scalars.ts';

export interface Field<T> {
  /** Integer key in the map. Keys are never used again for something else. */
  readonly key: number;
  readonly codec: Codec<T>;
  readonly note: string;
  /** True when null is told by the key's absence, as the claims of a CWT are. */
  readonly mayBeAbsent: boolean;
}

export function field<T>(key: number, codec: Codec<T>, note = ''): Field<T> {
  return { key, codec, note, mayBeAbsent: false };
}

export function fieldOrAbsent<T>(key: number, codec: Codec<T>, note = ''): Field<T | null> {
  return { key, codec: { ...nullable(codec), shape: `${codec.shape}, or absent` }, note, mayBeAbsent: true };
}

type FieldTable<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** A map with integer keys: all fields stand there, and no others. */
export function record<T extends object>(name: string, table: FieldTable<T>): Codec<T> {
  const names = Object.keys(table) as (keyof T & string)[];
  return {
    shape: name,
    fields: names.map((field) => ({
      key: table[field].key,
      name: field,
      shape: table[field].codec.shape,
      note: table[field].note,
    })),
    toCbor: (value, where) => {
      const map = new Map<number, CborValue>();
      for (const field of names) {
        const { key, codec, mayBeAbsent } = table[field];
        const written = codec.toCbor(value[field], `${where}.${field}`);
        if (written !== null || !mayBeAbsent) map.set(key, written);
      }
      return map;
    },
    fromCbor: (value, where) => {
      if (!(value instanceof Map)) return misfit(where, 'must be a map');
      const read: Partial<T> = {};
      let present = 0;
      for (const field of names) {
        const { key, codec, mayBeAbsent } = table[field];
        const inner = `${where}.${field}`;
        const found: CborValue | undefined = value.get(key);
        if (found === undefined && !mayBeAbsent) return misfit(inner, 'is missing');
        if (found === null && mayBeAbsent) return misfit(inner, 'must be absent rather than null');
        if (found !== undefined) present += 1;
        const result = codec.fromCbor(found ?? null, inner);
        if (!result.ok) return result;
        read[field] = result.value;
      }
      return present === value.size ? ok(read as T) : misfit(where, 'has a field that is not known');
    },
  };
}

export function list<T>(item: Codec<T>, most: number, least = 0): Codec<readonly T[]> {
  return {
    shape: `[${least}..${most} ${item.shape}]`,
    toCbor: (values, where) => {
      if (values.length < least || values.length > most)
        outOfBounds(where, `must have ${least} to ${most} entries`);
      return values.map((value, index) => item.toCbor(value, `${where}[${index}]`));
    },
    fromCbor: (value, where) => {
      if (!Array.isArray(value)) return misfit(where, 'must be an array');
      if (value.length < least || value.length > most) {
        return misfit(where, `must have ${least} to ${most} entries`);
      }
      return readAll(value, item, where);
    },
  };
}

function readAll<T>(
  values: readonly CborValue[],
  item: Codec<T>,
  where: string,
): Result<readonly T[], Misfit> {
  const read: T[] = [];
  for (const [index, value] of values.entries()) {
    const result = item.fromCbor(value, `${where}[${index}]`);
    if (!result.ok) return result;
    read.push(result.value);
  }
  return ok(read);
}

/** A map from short names to values, such as the scores of a portrait. */
export function dictionary<T>(item: Codec<T>, most: number): Codec<Readonly<Record<string, T>>> {
  const name = /^[a-z][A-Za-z0-9-]{0,39}$/;
  return {
    shape: `{0..${most} name => ${item.shape}}`,
    toCbor: (value, where) => {
      const entries = Object.entries(value);
      if (entries.length > most) outOfBounds(where, `must have at most ${most} entries`);
      return new Map<string, CborValue>(
        entries.map(([key, entry]) => {
          if (!name.test(key)) outOfBounds(where, 'has a key that is not a name');
          return [key, item.toCbor(entry, `${where}.${key}`)];
        }),
      );
    },
    fromCbor: (value, where) => {
      if (!(value instanceof Map)) return misfit(where, 'must be a map');
      if (value.size > most) return misfit(where, `must have at most ${most} entries`);
      const read: Record<string, T> = {};
      for (const [key, entry] of value as ReadonlyMap<unknown, CborValue>) {
        if (typeof key !== 'string' || !name.test(key)) return misfit(where, 'has a key that is not a name');
        const result = item.fromCbor(entry, `${where}.${key}`);
        if (!result.ok) return result;
        read[key] = result.value;
      }
      return ok(read);
    },
  };
}

import * as v from 'valibot';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { CborFault, CborValue } from './cbor.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';

/** Why a body was not accepted. `at` is a path of field names, never a content. */
export type BodyFault = CborFault | { readonly reason: 'not-as-described'; readonly at: string };

/** A value of the schemas in `contract/registry-api.ts`: maps with text keys, arrays, and what CBOR has. */
export type BodyValue =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | readonly BodyValue[]
  | { readonly [name: string]: BodyValue };

export function encodeBody(value: BodyValue): Uint8Array<ArrayBuffer> {
  return encodeCbor(toCbor(value));
}

/** Reads a body of HTTP against its schema. `maxBytes` bounds it before anything is looked at. */
export function decodeBody<S extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: S,
  maxBytes: number,
): Result<v.InferOutput<S>, BodyFault> {
  const decoded = decodeCbor(bytes, { maxBytes });
  if (!decoded.ok) return decoded;
  const checked = v.safeParse(schema, fromCbor(decoded.value));
  if (checked.success) return ok(checked.output);
  return err({ reason: 'not-as-described', at: v.getDotPath(checked.issues[0]) ?? 'the whole body' });
}

function toCbor(value: BodyValue): CborValue {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (isList(value)) return value.map(toCbor);
  return new Map(Object.entries(value).map(([name, inner]) => [name, toCbor(inner)]));
}

/** Maps with a key that is not text stay maps, so that no schema of objects accepts them. */
function fromCbor(value: CborValue): unknown {
  if (Array.isArray(value)) return value.map(fromCbor);
  if (!(value instanceof Map)) return value;
  const entries: [string, unknown][] = [];
  for (const [name, inner] of value) {
    if (typeof name !== 'string') return value;
    entries.push([name, fromCbor(inner)]);
  }
  return Object.fromEntries(entries);
}

function isList(value: BodyValue): value is readonly BodyValue[] {
  return Array.isArray(value);
}

import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { type CborLimits, type CborValue, decodeCbor, encodeCbor } from '../cbor.ts';

/** What does not fit and where, e.g. `enrolment.tries[0].seed must be bstr 32`. Never quotes the value. */
export interface Misfit {
  readonly reason: 'malformed';
  readonly where: string;
  readonly problem: string;
}

/** What the documentation prints of a codec. */
export interface Described {
  /** In words of CDDL (RFC 8610) where they exist, e.g. `bstr 32`, `uint ≤ 4095`. */
  readonly shape: string;
  /** Fields of a record. */
  readonly fields?: readonly FieldRow[];
}

/**
 * One table per message says how it is written, what is accepted when it is read, and what the documentation prints:
 * a field cannot be written one way and checked another.
 */
export interface Codec<T> extends Described {
  /** Throws a RangeError that names the place for a value out of its bounds: whoever signs it has a bug. */
  toCbor(value: T, where: string): CborValue;
  fromCbor(value: CborValue, where: string): Result<T, Misfit>;
}

export interface FieldRow {
  readonly key: number;
  readonly name: string;
  readonly shape: string;
  readonly note: string;
}

export function misfit(where: string, problem: string): { readonly ok: false; readonly error: Misfit } {
  return err({ reason: 'malformed', where, problem });
}

export function outOfBounds(where: string, problem: string): never {
  throw new RangeError(`${where} ${problem}`);
}

export function encodeWith<T>(codec: Codec<T>, value: T, name: string): Uint8Array<ArrayBuffer> {
  return encodeCbor(codec.toCbor(value, name));
}

export function decodeWith<T>(
  codec: Codec<T>,
  bytes: Uint8Array,
  options: CborLimits & { readonly name: string },
): Result<T, Misfit> {
  const decoded = decodeCbor(bytes, options);
  if (!decoded.ok) return misfit(options.name, `is not deterministic CBOR (${decoded.error.reason})`);
  return codec.fromCbor(decoded.value, options.name);
}

/** A codec for what another one carries in a simpler form. */
export function mapped<T, W>(
  wire: Codec<W>,
  map: {
    readonly shape?: string;
    readonly write: (value: T) => W;
    /** Undefined when the wire form means nothing. */
    readonly read: (wire: W) => T | undefined;
  },
): Codec<T> {
  const shape = map.shape ?? wire.shape;
  return {
    shape,
    ...(wire.fields ? { fields: wire.fields } : {}),
    toCbor: (value, where) => {
      const written = map.write(value);
      if (map.read(written) === undefined) outOfBounds(where, `must be ${shape}`);
      return wire.toCbor(written, where);
    },
    fromCbor: (value, where) => {
      const inner = wire.fromCbor(value, where);
      if (!inner.ok) return inner;
      const read = map.read(inner.value);
      return read === undefined ? misfit(where, `must be ${shape}`) : ok(read);
    },
  };
}

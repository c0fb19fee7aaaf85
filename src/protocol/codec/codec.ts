import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { type CborLimits, type CborValue, decodeCbor, encodeCbor } from '../cbor.ts';

/** What does not fit and where, e.g. `enrolment.tries[0].seed must be bstr 32`. Never quotes the value. */
export interface Misfit {
  readonly reason: 'malformed';
  readonly where: string;
  readonly problem: string;
}

/**
 * One table per message says how it is written, what is accepted when it is read, and what the documentation prints:
 * a field cannot be written one way and checked another.
 */
export interface Codec<T> {
  /** In words of CDDL (RFC 8610) where they exist, e.g. `bstr 32`, `uint ≤ 4095`. */
  readonly shape: string;
  /** Fields of a record, for the documentation. */
  readonly fields?: readonly FieldRow[];
  toCbor(value: T): CborValue;
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

/** Throws when the value is out of its bounds: that is a bug of the caller, told before anything is signed. */
export function encodeWith<T>(codec: Codec<T>, value: T, name: string): Uint8Array<ArrayBuffer> {
  const cbor = codec.toCbor(value);
  const fits = codec.fromCbor(cbor, name);
  if (!fits.ok) throw new RangeError(`${fits.error.where} ${fits.error.problem}`);
  return encodeCbor(cbor);
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
    toCbor: (value) => wire.toCbor(map.write(value)),
    fromCbor: (value, where) => {
      const inner = wire.fromCbor(value, where);
      if (!inner.ok) return inner;
      const read = map.read(inner.value);
      return read === undefined ? misfit(where, `must be ${shape}`) : ok(read);
    },
  };
}

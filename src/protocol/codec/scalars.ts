import { ok } from '#domain/result.ts';
import type { CborValue } from '../cbor.ts';
import { uuidText } from '../uuid.ts';
import { type Codec, mapped, misfit, outOfBounds } from './codec.ts';

/** A codec whose wire form is the value itself, accepted when `fits`. */
function scalar<T extends CborValue>(shape: string, fits: (value: CborValue) => value is T): Codec<T> {
  return {
    shape,
    toCbor: (value, where) => (fits(value) ? value : outOfBounds(where, `must be ${shape}`)),
    fromCbor: (value, where) => (fits(value) ? ok(value) : misfit(where, `must be ${shape}`)),
  };
}

export const boolean: Codec<boolean> = scalar('bool', (value) => typeof value === 'boolean');

export function integer(smallest: number, largest: number): Codec<number> {
  const shape = smallest === 0 ? `uint ≤ ${largest}` : `int ${smallest}..${largest}`;
  return scalar(
    shape,
    (value): value is number =>
      Number.isSafeInteger(value) && Number(value) >= smallest && Number(value) <= largest,
  );
}

export const unsigned = (largest: number): Codec<number> => integer(0, largest);

/** Shortest float that keeps the value exactly, or an integer: station and registry judge the very same numbers. */
export function real(smallest: number, largest: number): Codec<number> {
  return scalar(
    `number ${smallest}..${largest}`,
    (value): value is number => typeof value === 'number' && value >= smallest && value <= largest,
  );
}

/** Milliseconds since 1970, up to the year 9999. */
export const time: Codec<number> = { ...integer(0, 253_402_300_799_999), shape: 'uint, ms since 1970' };

export function text(bounds: {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  readonly shape?: string;
}): Codec<string> {
  const min = bounds.min ?? 0;
  return scalar(
    bounds.shape ?? (min === bounds.max ? `tstr ${min}` : `tstr ${min}..${bounds.max}`),
    (value): value is string =>
      typeof value === 'string' &&
      value.length >= min &&
      value.length <= bounds.max &&
      (bounds.pattern?.test(value) ?? true),
  );
}

export function choice<const T extends string>(values: readonly T[]): Codec<T> {
  return scalar(values.map((value) => `"${value}"`).join(' / '), (value): value is T =>
    (values as readonly CborValue[]).includes(value),
  );
}

export function constant<const T extends number>(wanted: T): Codec<T> {
  return scalar(String(wanted), (value): value is T => value === wanted);
}

export function bytes(length: number): Codec<Uint8Array> {
  return scalar(
    `bstr ${length}`,
    (value): value is Uint8Array => value instanceof Uint8Array && value.length === length,
  );
}

export function bytesUpTo(largest: number): Codec<Uint8Array> {
  return scalar(
    `bstr ≤ ${largest}`,
    (value): value is Uint8Array => value instanceof Uint8Array && value.length <= largest,
  );
}

export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return {
    shape: `${codec.shape} / null`,
    toCbor: (value, where) => (value === null ? null : codec.toCbor(value, where)),
    fromCbor: (value, where) => (value === null ? ok(null) : codec.fromCbor(value, where)),
  };
}

/** Whichever fits, first come first served. */
export function oneOf<T extends CborValue>(shape: string, codecs: readonly Codec<T>[]): Codec<T> {
  return scalar(shape, (value): value is T => codecs.some((codec) => codec.fromCbor(value, '').ok));
}

/** UUIDv7 (RFC 9562 section 5.7): text with hyphens, lower case, in memory; 16 bytes on the wire. */
export const packetId: Codec<string> = mapped(bytes(16), {
  shape: 'bstr 16, UUIDv7',
  write: (id: string) => {
    if (!UUID_V7.test(id)) return new Uint8Array(0);
    return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  },
  read: (octets) => {
    const id = uuidText(octets);
    return UUID_V7.test(id) ? id : undefined;
  },
});
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Name that the registry gave a station. */
export const stationId: Codec<string> = text({
  min: 1,
  max: 64,
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  shape: 'tstr 1..64 of letters, digits, `.`, `_`, `-`',
});

/** Number of a station's installation, from 1. */
export const installation: Codec<number> = integer(1, 0xffff_ffff);
/** Place in a chain, from 1. */
export const sequence: Codec<number> = integer(1, 0xffff_ffff_ffff);
export const kid: Codec<Uint8Array> = bytes(8);
export const sha256Digest: Codec<Uint8Array> = bytes(32);

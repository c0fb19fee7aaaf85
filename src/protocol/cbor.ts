import { decode, encodeInto, rfc8949EncodeOptions, Tagged } from 'cborg';
import { encodedLength } from 'cborg/length';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/** What our messages are made of. Map keys are integers or text; byte strings are plain `Uint8Array`s. */
export type CborValue =
  | number
  | boolean
  | null
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<number | string, CborValue>
  | Tagged;

export type CborFault =
  | { readonly reason: 'too-large'; readonly limit: number }
  | { readonly reason: 'too-deep'; readonly limit: number }
  | { readonly reason: 'truncated' }
  | { readonly reason: 'indefinite-length' }
  | { readonly reason: 'not-cbor' }
  /** Well-formed, but not the one encoding that RFC 8949 section 4.2 allows. */
  | { readonly reason: 'not-deterministic' };

export interface CborLimits {
  /** Octets, 2 MiB unless told. */
  readonly maxBytes?: number;
  /** Arrays, maps and tags inside each other, 16 unless told. */
  readonly maxDepth?: number;
}

export const LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024;
export const DEEPEST_NESTING = 16;

/** COSE_Sign1 (RFC 9052 section 2) is the only tag that our messages use. */
export const COSE_SIGN1_TAG = 18;

/**
 * RFC 8949 section 4.2.1, core deterministic encoding. Throws on values that CBOR or our subset does not know.
 *
 * Written into an array of its own: `encode` hands out views of Node's shared Buffer pool, which cannot be wiped without
 * leaving pieces behind, and whose `slice` does not copy.
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(encodedLength(value, rfc8949EncodeOptions));
  encodeInto(value, octets, rfc8949EncodeOptions);
  return octets;
}

/** Reads exactly one item and refuses every encoding of it but the deterministic one. Never throws. */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = {}): Result<CborValue, CborFault> {
  const maxBytes = limits.maxBytes ?? LARGEST_MESSAGE_BYTES;
  const maxDepth = limits.maxDepth ?? DEEPEST_NESTING;
  if (bytes.length > maxBytes) return err({ reason: 'too-large', limit: maxBytes });
  const nesting = walk(bytes, maxDepth);
  if (nesting) return err(nesting);
  let value: CborValue;
  try {
    value = decode(bytes, {
      strict: true,
      rejectDuplicateMapKeys: true,
      useMaps: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      tags: { [COSE_SIGN1_TAG]: (content) => new Tagged(COSE_SIGN1_TAG, content()) },
    }) as CborValue;
    // Unsorted keys, long lengths, wide floats and broken UTF-8 all decode; none of them encodes to the same octets.
    if (!sameBytes(encodeCbor(value), bytes)) return err({ reason: 'not-deterministic' });
  } catch {
    // cborg throws plain errors for everything that is not CBOR, and its texts quote the input: the reason is enough.
    return err({ reason: 'not-cbor' });
  }
  return ok(value);
}

/** Not constant time: for public octets only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Walks the heads of all items without recursion, because a decoder that recurses can be made to overflow its stack.
 * Head (RFC 8949 section 3): major type in the upper three bits, additional information in the lower five; 24 to 27
 * say that 1, 2, 4 or 8 octets of argument follow, 31 is an indefinite length.
 */
function walk(bytes: Uint8Array, maxDepth: number): CborFault | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Items still to come at each open level; the outermost level is the one item itself. */
  const open: number[] = [1];
  let at = 0;
  while (open.length > 0) {
    const left = open[open.length - 1] ?? 0;
    if (left === 0) {
      open.pop();
      continue;
    }
    open[open.length - 1] = left - 1;
    const head = bytes[at];
    if (head === undefined) return { reason: 'truncated' };
    const major = head >> 5;
    const info = head & 31;
    if (info === 31) return { reason: 'indefinite-length' };
    if (info > 27) return { reason: 'not-cbor' };
    const width = info < 24 ? 0 : 1 << (info - 24);
    if (at + 1 + width > bytes.length) return { reason: 'truncated' };
    const argument = width === 0 ? info : readArgument(view, at + 1, width);
    at += 1 + width;
    if (major === 2 || major === 3) {
      if (argument > bytes.length - at) return { reason: 'truncated' };
      at += argument;
    } else if (major === 4 || major === 5 || major === 6) {
      const children = major === 4 ? argument : major === 5 ? argument * 2 : 1;
      // Every child takes an octet at least.
      if (children > bytes.length - at) return { reason: 'truncated' };
      if (open.length > maxDepth) return { reason: 'too-deep', limit: maxDepth };
      open.push(children);
    }
  }
  return at === bytes.length ? null : { reason: 'not-cbor' };
}

function readArgument(view: DataView, at: number, width: number): number {
  switch (width) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at);
    case 4:
      return view.getUint32(at);
    default:
      return Number(view.getBigUint64(at));
  }
}

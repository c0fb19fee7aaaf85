import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';

/** Longest unary run before a value is written raw: an outlier costs 35 bits instead of thousands. */
const ESCAPE_QUOTIENT = 16;
const RAW_BITS = 19;
/** Largest value that {@link writeRice} can carry. */
export const LARGEST_RICE_VALUE = 2 ** RAW_BITS - 1;
/** Parameters that fit the trace's four bits. */
export const LARGEST_RICE_PARAMETER = 15;

/** Bits, most significant first, into a growing list of bytes. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #pending = 0;
  #pendingBits = 0;

  bits(value: number, count: number): void {
    let left = count;
    while (left > 0) {
      const taken = Math.min(left, 8 - this.#pendingBits);
      left -= taken;
      this.#pending = (this.#pending << taken) | ((value >>> left) & ((1 << taken) - 1));
      this.#pendingBits += taken;
      if (this.#pendingBits === 8) this.align();
    }
  }

  /** Fills the byte under way with zeros. */
  align(): void {
    if (this.#pendingBits === 0) return;
    this.#bytes.push((this.#pending << (8 - this.#pendingBits)) & 0xff);
    this.#pending = 0;
    this.#pendingBits = 0;
  }

  /** LEB128, least significant seven bits first; up to 2^53 - 1. Only at a byte boundary. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.bits((rest % 0x80) | 0x80, 8);
      rest = Math.floor(rest / 0x80);
    }
    this.bits(rest, 8);
  }

  /** Rice code: quotient in unary, `parameter` low bits; see {@link riceLength}. */
  rice(value: number, parameter: number): void {
    const quotient = value >>> parameter;
    if (quotient >= ESCAPE_QUOTIENT) {
      this.bits(0xffff, ESCAPE_QUOTIENT);
      this.bits(value, RAW_BITS);
      return;
    }
    this.bits((1 << (quotient + 1)) - 2, quotient + 1);
    this.bits(value, parameter);
  }

  finish(): Uint8Array {
    this.align();
    return Uint8Array.from(this.#bytes);
  }
}

/** Bits that a value takes under a parameter. */
export function riceLength(value: number, parameter: number): number {
  const quotient = value >>> parameter;
  return quotient >= ESCAPE_QUOTIENT ? ESCAPE_QUOTIENT + RAW_BITS : quotient + 1 + parameter;
}

/** Reads what {@link BitWriter} wrote; a read past the end is a fault, never zeros. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#position >= this.#bytes.length * 8;
  }

  bits(count: number): Result<number, 'truncated'> {
    if (this.#position + count > this.#bytes.length * 8) return err('truncated');
    let value = 0;
    for (let read = 0; read < count; read += 1) {
      const byte = this.#bytes[this.#position >>> 3] ?? 0;
      value = (value << 1) | ((byte >>> (7 - (this.#position & 7))) & 1);
      this.#position += 1;
    }
    return ok(value);
  }

  align(): void {
    this.#position = Math.ceil(this.#position / 8) * 8;
  }

  varint(): Result<number, 'truncated' | 'out-of-range'> {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.bits(8);
      if (!byte.ok) return byte;
      value += (byte.value & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) return err('out-of-range');
      if (byte.value < 0x80) return ok(value);
    }
    return err('out-of-range');
  }

  rice(parameter: number): Result<number, 'truncated'> {
    let quotient = 0;
    for (;;) {
      const bit = this.bits(1);
      if (!bit.ok) return bit;
      if (bit.value === 0) break;
      quotient += 1;
      if (quotient === ESCAPE_QUOTIENT) return this.bits(RAW_BITS);
    }
    const low = this.bits(parameter);
    return low.ok ? ok((quotient << parameter) | low.value) : low;
  }
}

/** Time as a port, so that rules and services can be tested with a clock that jumps, stops or runs backwards. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. May jump in either direction. */
  now(): number;
  /** Milliseconds from an arbitrary zero. Never jumps, never runs backwards. */
  monotonic(): number;
}

/** Randomness as a port. Returns `length` bytes fit for keys. */
export type RandomBytes = (length: number) => Uint8Array;

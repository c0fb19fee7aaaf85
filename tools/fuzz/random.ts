/** Numbers that are the same for the same seed. xorshift32: fast, and good enough to hit every branch of a framer. */
export interface Random {
  /** From 0 up to and without `bound`. */
  below(bound: number): number;
  bytes(length: number): Uint8Array;
}

export function seededRandom(seed: number): Random {
  // Zero would stay zero.
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return {
    below: (bound) => next() % bound,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 1) bytes[at] = next() >>> 11;
      return bytes;
    },
  };
}

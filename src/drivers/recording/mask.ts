/**
 * Replaces what is personal on a device's line by filler of the same length, however the stream is cut: chunks keep
 * their lengths, frames their shape, and a checksum stays right or as wrong as it was. What cannot be told apart is
 * replaced, not kept.
 */
export interface Mask {
  /** What the driver sends is masked at once; what was heard before it is settled by then. */
  asked(bytes: Uint8Array): Uint8Array;
  /** Takes what the device sends, in its order; gives back as many masked bytes as can be told by now. */
  heard(bytes: Uint8Array, at: number): Uint8Array;
  /** The rest of what was heard. Nothing of it is remembered. */
  settle(): Uint8Array;
}

/** A byte in place of one that is nobody's business. */
export const FILLER = 0x58;

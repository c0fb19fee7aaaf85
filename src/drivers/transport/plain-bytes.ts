/** The same memory as a plain array of bytes: `slice` of a Buffer makes no copy, and whoever keeps bytes relies on one. */
export function plainBytes(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

import type { Builder } from 'flatbuffers';

/** Vectors as the flatbuffer builder wants them: written back to front. Each returns the vector's offset. */
export function integerVector(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addInt32(value);
  return builder.endVector();
}

export function floatVector(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addFloat32(value);
  return builder.endVector();
}

export function offsetVector(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

/** Bytes aligned to 16, as TensorFlow Lite wants its buffers. */
export function alignedBytes(builder: Builder, bytes: Uint8Array): number {
  builder.startVector(1, bytes.length, 16);
  writeBytes(builder, bytes);
  return builder.endVector();
}

/** Raw bytes in front of what is already written; the caller has prepared room and alignment. */
export function writeBytes(builder: Builder, bytes: Uint8Array): void {
  for (let i = bytes.length - 1; i >= 0; i--) builder.writeInt8(bytes[i] ?? 0);
}

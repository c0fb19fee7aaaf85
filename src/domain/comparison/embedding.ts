/** A face as 128 whole numbers of 1/8192 each; two of the same person lie close together. */
export type FaceEmbedding = Int16Array<ArrayBuffer>;

export const EMBEDDING_LENGTH = 128;
export const EMBEDDING_UNIT = 1 / 8192;

/** Rounds a network's answer, so that station and registry compute with the very same numbers. */
export function toEmbedding(values: ArrayLike<number>): FaceEmbedding {
  if (values.length !== EMBEDDING_LENGTH) throw new RangeError(`an embedding of ${values.length} values`);
  return Int16Array.from(values, (value) =>
    Math.max(-0x8000, Math.min(0x7fff, Math.round(value / EMBEDDING_UNIT))),
  );
}

/** Euclidean distance: below 0.55 the same person, above 0.64 another one. */
export function embeddingDistance(one: FaceEmbedding, other: FaceEmbedding): number {
  let sum = 0;
  for (let index = 0; index < EMBEDDING_LENGTH; index += 1)
    sum += ((one[index] ?? 0) - (other[index] ?? 0)) ** 2;
  return Math.sqrt(sum) * EMBEDDING_UNIT;
}

import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import { embeddingDistance } from '#domain/comparison/embedding.ts';
import type { Distances } from './rates.ts';

/** One picture of a known person, as far as it has been read. */
export interface Sample {
  readonly person: string;
  /** What is to be seen: `neutral`, `turn 30`, a file's name. */
  readonly name: string;
  readonly from: 'frame' | 'card';
  /** What kept it from being read, when there is no embedding. */
  readonly embedding: FaceEmbedding | null;
  readonly fault: string | null;
  readonly tookMs: number;
}

/** Every picture of the first kind with every other one of the second, each pair once. */
export function distancesBetween(
  samples: readonly Sample[],
  kinds: { readonly one: (sample: Sample) => boolean; readonly other: (sample: Sample) => boolean },
): Distances {
  const genuine: number[] = [];
  const impostor: number[] = [];
  samples.forEach((one, index) => {
    samples.forEach((other, place) => {
      if (!kinds.one(one) || !kinds.other(other) || place === index) return;
      // A pair of which either could be the first has been there the other way round.
      if (place < index && kinds.one(other) && kinds.other(one)) return;
      if (one.embedding === null || other.embedding === null) return;
      const distance = embeddingDistance(one.embedding, other.embedding);
      (one.person === other.person ? genuine : impostor).push(distance);
    });
  });
  return { genuine, impostor };
}

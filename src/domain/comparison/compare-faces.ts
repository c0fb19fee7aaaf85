import { median } from '../liveness/median.ts';
import { COMPARISON_TABLE } from './comparison-table.ts';
import { embeddingDistance, type FaceEmbedding } from './embedding.ts';

export type FaceComparison =
  | {
      readonly result: 'same' | 'cannot-tell' | 'different';
      readonly reason: 'measured';
      /** Median distance of the card's portrait to the frames. */
      readonly distance: number;
    }
  | {
      readonly result: 'cannot-tell';
      readonly reason: 'card-face-unread' | 'too-few-frames';
      readonly distance: null;
    };

/**
 * Tells whether a card's portrait shows the person of the frames. The median over several frames, since a single frame
 * may be blurred or caught in a movement. What could not be embedded is left out by the caller; too little of it leaves
 * the answer at "cannot tell".
 */
export function compareFaces(faces: {
  /** Null when the portrait gave no embedding. */
  readonly card: FaceEmbedding | null;
  /** Frontal frames of the one who stands here. */
  readonly frames: readonly FaceEmbedding[];
}): FaceComparison {
  const { card, frames } = faces;
  if (card === null) return { result: 'cannot-tell', reason: 'card-face-unread', distance: null };
  if (frames.length < COMPARISON_TABLE.leastFrames.value)
    return { result: 'cannot-tell', reason: 'too-few-frames', distance: null };
  const distance = median(frames.map((frame) => embeddingDistance(card, frame)));
  return { result: sameness(distance), reason: 'measured', distance };
}

/** What a distance of two embeddings says. */
export function sameness(distance: number): 'same' | 'cannot-tell' | 'different' {
  if (distance <= COMPARISON_TABLE.same.value) return 'same';
  return distance > COMPARISON_TABLE.different.value ? 'different' : 'cannot-tell';
}

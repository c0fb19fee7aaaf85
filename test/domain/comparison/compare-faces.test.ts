import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFaces, sameness } from '#domain/comparison/compare-faces.ts';
import { COMPARISON_TABLE } from '#domain/comparison/comparison-table.ts';
import {
  EMBEDDING_LENGTH,
  EMBEDDING_UNIT,
  embeddingDistance,
  type FaceEmbedding,
  toEmbedding,
} from '#domain/comparison/embedding.ts';

const CARD = toEmbedding(new Array<number>(EMBEDDING_LENGTH).fill(0));

/** As far from {@link CARD} as told. */
function away(distance: number): FaceEmbedding {
  const values = new Array<number>(EMBEDDING_LENGTH).fill(0);
  values[7] = distance;
  return toEmbedding(values);
}

const anyEmbedding = fc
  .array(fc.integer({ min: -4000, max: 4000 }), { minLength: EMBEDDING_LENGTH, maxLength: EMBEDDING_LENGTH })
  .map((values) => Int16Array.from(values));

describe('a card’s portrait against the one who stands here', () => {
  it.each([
    ['same', 0.3],
    ['same', 0.549],
    ['cannot-tell', 0.56],
    ['cannot-tell', 0.639],
    ['different', 0.65],
    ['different', 1.2],
  ] as const)('is %s at a distance of %f', (result, distance) => {
    const frames = [away(distance), away(distance), away(distance)];
    expect(compareFaces({ card: CARD, frames })).toEqual({
      result,
      reason: 'measured',
      distance: expect.closeTo(distance, 3),
    });
  });

  it('is not moved by one spoilt frame, whichever way', () => {
    for (const spoilt of [0.01, 2])
      expect(compareFaces({ card: CARD, frames: [away(0.4), away(spoilt), away(0.42)] })).toMatchObject({
        result: 'same',
      });
  });

  it('cannot be told without the card’s face, or from fewer frames than the table asks', () => {
    const three = [away(0.1), away(0.1), away(0.1)];
    expect(compareFaces({ card: null, frames: three })).toEqual({
      result: 'cannot-tell',
      reason: 'card-face-unread',
      distance: null,
    });
    expect(compareFaces({ card: CARD, frames: three.slice(1) })).toEqual({
      result: 'cannot-tell',
      reason: 'too-few-frames',
      distance: null,
    });
  });

  it('does not depend on the order of the frames, and says what one of the frames said', () => {
    fc.assert(
      fc.property(anyEmbedding, fc.array(anyEmbedding, { minLength: 3, maxLength: 7 }), (card, frames) => {
        const found = compareFaces({ card, frames });
        expect(compareFaces({ card, frames: frames.toReversed() })).toEqual(found);
        expect(frames.map((frame) => embeddingDistance(card, frame))).toContain(found.distance);
      }),
    );
  });

  it('never gets from "different" to "same" by coming nearer, nor back', () => {
    const order = ['same', 'cannot-tell', 'different'];
    const distance = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(distance, distance, (one, other) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)].map((value) =>
          order.indexOf(sameness(value)),
        );
        expect(near).toBeLessThanOrEqual(far ?? -1);
      }),
    );
    expect(COMPARISON_TABLE.same.value).toBeLessThan(COMPARISON_TABLE.different.value);
  });
});

describe('an embedding of whole numbers', () => {
  it('keeps a distance to a thousandth', () => {
    const values = fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), {
      minLength: EMBEDDING_LENGTH,
      maxLength: EMBEDDING_LENGTH,
    });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const exact = Math.hypot(...one.map((value, index) => value - (other[index] ?? 0)));
        const rounded = embeddingDistance(toEmbedding(one), toEmbedding(other));
        expect(Math.abs(rounded - exact)).toBeLessThan(Math.sqrt(EMBEDDING_LENGTH) * EMBEDDING_UNIT);
      }),
    );
  });

  it('is a distance: zero to itself, the same from both sides, never longer than a way round', () => {
    fc.assert(
      fc.property(anyEmbedding, anyEmbedding, anyEmbedding, (one, other, third) => {
        expect(embeddingDistance(one, one)).toBe(0);
        expect(embeddingDistance(one, other)).toBe(embeddingDistance(other, one));
        expect(embeddingDistance(one, third)).toBeLessThanOrEqual(
          embeddingDistance(one, other) + embeddingDistance(other, third) + 1e-9,
        );
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureBezel } from '#renderer/camera/bezel.ts';
import type { Face } from '#renderer/camera/face.ts';
import { measureFaceLight } from '#renderer/camera/face-light.ts';
import { measureFrameColour } from '#renderer/camera/frame-colour.ts';
import type { Pixels } from '#renderer/camera/luma-patch.ts';
import { measureMoire } from '#renderer/camera/moire.ts';

/** Any picture: a few bytes, repeated over all of it, so that it is flat, striped or wild. */
const pictures = fc
  .record({
    width: fc.integer({ min: 128, max: 330 }),
    height: fc.integer({ min: 120, max: 260 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 97 }),
  })
  .map(({ width, height, bytes }): Pixels => {
    const data = Uint8ClampedArray.from(
      { length: width * height * 4 },
      (_, i) => bytes[i % bytes.length] ?? 0,
    );
    return { width, height, data };
  });
/** Any face, far outside of the picture and with numbers that are none too. */
const share = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -0.5, max: 1.5, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
);
const faces = fc
  .array(fc.record({ x: share, y: share, z: share }), { minLength: 1, maxLength: 40 })
  .map(
    (some): Face =>
      Array.from({ length: 478 }, (_, i) => some[(i * 7) % some.length] ?? { x: 0, y: 0, z: 0 }),
  );

const within = (value: number, [least, most]: readonly [number, number]) => {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
};

describe('what is measured on pixels', () => {
  it('is within its bounds and a number for any picture and any face', () => {
    fc.assert(
      fc.property(pictures, faces, (pixels, face) => {
        const moire = measureMoire(pixels, face);
        if (moire !== null) within(moire, [1, 10_000]);
        within(measureBezel(pixels, face), [0, 1]);
        const colour = measureFrameColour(pixels, face);
        if (colour)
          for (const mean of [colour.face, colour.surround].flatMap(Object.values)) within(mean, [0, 1]);
        const light = measureFaceLight(pixels, face);
        if (!light) return;
        for (const value of [light.mean, light.overexposed, light.evenness, light.variance])
          within(value, [0, 1]);
        within(light.dynamicRange, [0, 8]);
        within(light.sharpness, [0, 1e7]);
        within(light.background, [0, 255]);
      }),
      { numRuns: 60 },
    );
  });
});

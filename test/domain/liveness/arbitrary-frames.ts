import fc from 'fast-check';
import {
  type Colour,
  type FaceLight,
  type FrameTexture,
  type LandmarkFrame,
  TRACKED_POINTS,
} from '#domain/liveness/landmark-frame.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const anyLight: fc.Arbitrary<FaceLight> = fc.record({
  mean: share,
  overexposed: share,
  evenness: share,
  dynamicRange: fc.double({ min: 0, max: 8, noNaN: true }),
  sharpness: fc.double({ min: 0, max: 1e7, noNaN: true }),
  variance: share,
  background: fc.double({ min: 0, max: 255, noNaN: true }),
});

const anyTexture: fc.Arbitrary<FrameTexture> = fc.record({
  moire: fc.double({ min: 0, max: 20_000, noNaN: true }),
  bezel: share,
});

const anyColour: fc.Arbitrary<Colour> = fc.record({ red: share, green: share, blue: share });

export const anyPoints: fc.Arbitrary<Int16Array> = fc.int16Array({
  minLength: TRACKED_POINTS.length * 3,
  maxLength: TRACKED_POINTS.length * 3,
});

const anyFrame = fc.record({
  step: fc.double({ min: 0.1, max: 400, noNaN: true }),
  width: fc.integer({ min: 160, max: 4095 }),
  height: fc.integer({ min: 120, max: 4095 }),
  faces: fc.integer({ min: 0, max: 4 }),
  points: fc.option(anyPoints, { nil: null }),
  secondFaceShare: fc.double({ min: 0, max: 10, noNaN: true }),
  light: fc.option(anyLight, { nil: null }),
  texture: fc.option(anyTexture, { nil: null }),
  colour: fc.option(fc.record({ face: anyColour, surround: anyColour }), { nil: null }),
  digest: fc.integer({ min: 0, max: 0xffff_ffff }),
});

/** Frames with growing times and any content that the renderer's schema lets through. */
export const anyFrames: fc.Arbitrary<LandmarkFrame[]> = fc
  .tuple(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.array(anyFrame, { maxLength: 24 }))
  .map(([start, frames]) => {
    let at = start;
    return frames.map(({ step, ...frame }) => {
      at += step;
      return { ...frame, at };
    });
  });

import type { Colour, FaceLight, FrameTexture, LandmarkFrame } from './landmark-frame.ts';

/**
 * What the evidence keeps of the camera's frames. Station and registry judge the very same numbers, so thinning and
 * rounding happen once, on arrival, before anything is judged; both are idempotent.
 *
 * Thinning: time is cut into slots of 80 ms of the capture clock and the first frame of each slot is kept, so at most
 * 12.5 frames a second whatever the camera delivers. An asked closure of the eyes (80 ms and more) still meets a frame.
 */
export const SLOT_MS = 80;

export function thinningSlot(at: number): number {
  return Math.floor(at / SLOT_MS);
}

/** The frames of `arrived` that follow `kept` (the last frame kept so far) in new slots, rounded. */
export function thin(kept: LandmarkFrame | undefined, arrived: readonly LandmarkFrame[]): LandmarkFrame[] {
  let slot = kept === undefined ? Number.NEGATIVE_INFINITY : thinningSlot(kept.at);
  const chosen: LandmarkFrame[] = [];
  for (const frame of arrived) {
    const rounded = roundFrame(frame);
    if (thinningSlot(rounded.at) <= slot) continue;
    slot = thinningSlot(rounded.at);
    chosen.push(rounded);
  }
  return chosen;
}

/** Steps of the kept values: a kept value is `n / step` for a whole `n`. */
export const LIGHT_STEPS: Readonly<
  Record<keyof FaceLight, { readonly step: number; readonly most: number }>
> = {
  mean: { step: 1000, most: 1 },
  overexposed: { step: 1000, most: 1 },
  evenness: { step: 1000, most: 1 },
  dynamicRange: { step: 100, most: 8 },
  sharpness: { step: 1, most: 1e7 },
  variance: { step: 10_000, most: 1 },
  background: { step: 1, most: 255 },
};
export const TEXTURE_STEPS = {
  moire: { step: 10, most: 10_000 },
  bezel: { step: 100, most: 1 },
} as const;
export const COLOUR_STEP = 4000;
export const SECOND_FACE_STEP = 100;
export const LARGEST_SECOND_FACE_SHARE = 10;
/** Depth is kept in whole pixels: it only feeds angles, and its noise is larger than that. */
export const DEPTH_STEP = 8;
const LARGEST_DEPTH = Math.floor(0x7fff / DEPTH_STEP) * DEPTH_STEP;

export function roundFrame(frame: LandmarkFrame): LandmarkFrame {
  return {
    at: Math.round(frame.at),
    width: frame.width,
    height: frame.height,
    faces: frame.faces,
    points: frame.points === null ? null : roundDepth(frame.points),
    secondFaceShare: toStep(frame.secondFaceShare, {
      step: SECOND_FACE_STEP,
      most: LARGEST_SECOND_FACE_SHARE,
    }),
    light: frame.light === null ? null : roundLight(frame.light),
    texture: frame.texture === null ? null : roundTexture(frame.texture),
    colour:
      frame.colour === null
        ? null
        : { face: roundColour(frame.colour.face), surround: roundColour(frame.colour.surround) },
    digest: frame.digest,
  };
}

function roundDepth(points: Int16Array): Int16Array {
  return points.map((value, index) => {
    if (index % 3 !== 2) return value;
    const rounded = Math.round(value / DEPTH_STEP) * DEPTH_STEP;
    return Math.max(-LARGEST_DEPTH, Math.min(LARGEST_DEPTH, rounded));
  });
}

function roundLight(light: FaceLight): FaceLight {
  return {
    mean: toStep(light.mean, LIGHT_STEPS.mean),
    overexposed: toStep(light.overexposed, LIGHT_STEPS.overexposed),
    evenness: toStep(light.evenness, LIGHT_STEPS.evenness),
    dynamicRange: toStep(light.dynamicRange, LIGHT_STEPS.dynamicRange),
    sharpness: toStep(light.sharpness, LIGHT_STEPS.sharpness),
    variance: toStep(light.variance, LIGHT_STEPS.variance),
    background: toStep(light.background, LIGHT_STEPS.background),
  };
}

function roundTexture({ moire, bezel }: FrameTexture): FrameTexture {
  return { moire: toStep(moire, TEXTURE_STEPS.moire), bezel: toStep(bezel, TEXTURE_STEPS.bezel) };
}

function roundColour({ red, green, blue }: Colour): Colour {
  const round = (value: number) => toStep(value, { step: COLOUR_STEP, most: 1 });
  return { red: round(red), green: round(green), blue: round(blue) };
}

function toStep(value: number, { step, most }: { readonly step: number; readonly most: number }): number {
  return Math.round(Math.max(0, Math.min(most, value)) * step) / step;
}

/** An RGBA picture, rows from the top, as `ImageData` has it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Grey values of a face, resampled so that every camera distance is measured alike. */
export interface LumaPatch {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  /** Where a point of the frame lies in the patch. */
  toPatch(x: number, y: number): { readonly x: number; readonly y: number };
}

/** The measures of sharpness are defined at this many pixels between the eyes. */
export const PATCH_EYE_DISTANCE = 90;
/** From outer brow to outer brow and from hairline to below the mouth, in eye distances. */
const WIDTH = 1.8;
const ABOVE = 0.7;
const BELOW = 1.5;

/** Samples the face around the point between the eyes, bilinearly, with BT.601 luma. */
export function sampleLumaPatch(
  pixels: Pixels,
  eyes: { readonly x: number; readonly y: number; readonly distance: number },
): LumaPatch {
  const step = eyes.distance / PATCH_EYE_DISTANCE;
  const width = Math.round(WIDTH * PATCH_EYE_DISTANCE);
  const height = Math.round((ABOVE + BELOW) * PATCH_EYE_DISTANCE);
  const left = eyes.x - (WIDTH / 2) * eyes.distance;
  const top = eyes.y - ABOVE * eyes.distance;
  const luma = new Uint8Array(width * height);
  const lastX = pixels.width - 2;
  const lastY = pixels.height - 2;
  for (let row = 0; row < height; row++) {
    const y = clamp(top + row * step, lastY);
    const y0 = Math.floor(y);
    const fy = y - y0;
    for (let column = 0; column < width; column++) {
      const x = clamp(left + column * step, lastX);
      const x0 = Math.floor(x);
      const fx = x - x0;
      const at = 4 * (y0 * pixels.width + x0);
      const below = at + 4 * pixels.width;
      const upper = lumaAt(pixels.data, at) * (1 - fx) + lumaAt(pixels.data, at + 4) * fx;
      const lower = lumaAt(pixels.data, below) * (1 - fx) + lumaAt(pixels.data, below + 4) * fx;
      luma[row * width + column] = upper * (1 - fy) + lower * fy;
    }
  }
  return { width, height, luma, toPatch: (x, y) => ({ x: (x - left) / step, y: (y - top) / step }) };
}

function clamp(value: number, largest: number): number {
  return Math.max(0, Math.min(largest, value));
}

function lumaAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

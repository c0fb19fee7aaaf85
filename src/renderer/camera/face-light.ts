import type { FaceLight } from '#domain/liveness/landmark-frame.ts';
import { backgroundGradient } from './background.ts';
import { eyeDistance, type Face, type FrameSize } from './face.ts';
import { type LumaPatch, PATCH_EYE_DISTANCE, type Pixels, sampleLumaPatch } from './luma-patch.ts';

const RIGHT_IRIS = 468;
const LEFT_IRIS = 473;
const RIGHT_CHEEK = 50;
const LEFT_CHEEK = 280;
/** A pixel from here on shows no skin any more. */
const BURNT_OUT = 247;
/** Below this a face is too small to say anything about its pixels. */
const SMALLEST_EYE_DISTANCE = 12;

/** Pixel measures after ISO/IEC 29794-5 on one face; null when it is too small or not in the picture. */
export function measureFaceLight(pixels: Pixels, face: Face): FaceLight | null {
  const size: FrameSize = pixels;
  const distance = eyeDistance(face, size);
  const [right, left, rightCheek, leftCheek] = [RIGHT_IRIS, LEFT_IRIS, RIGHT_CHEEK, LEFT_CHEEK].map(
    (i) => face[i],
  );
  if (!right || !left || !rightCheek || !leftCheek || distance < SMALLEST_EYE_DISTANCE) return null;
  const patch = sampleLumaPatch(pixels, {
    x: ((right.x + left.x) / 2) * size.width,
    y: ((right.y + left.y) / 2) * size.height,
    distance,
  });
  const histogram = histogramOf(patch, { x: 0, y: 0, width: patch.width, height: patch.height });
  return {
    ...toneOf(histogram, patch.luma.length),
    evenness: intersection(cheek(patch, rightCheek, size), cheek(patch, leftCheek, size)),
    sharpness: laplacianVariance(patch),
    background: backgroundGradient(pixels, face),
  };
}

function toneOf(
  histogram: Uint32Array,
  count: number,
): Pick<FaceLight, 'mean' | 'variance' | 'overexposed' | 'dynamicRange'> {
  let sum = 0;
  let squares = 0;
  let burnt = 0;
  let entropy = 0;
  for (let level = 0; level < 256; level++) {
    const n = histogram[level] ?? 0;
    if (n === 0) continue;
    const value = level / 255;
    sum += n * value;
    squares += n * value * value;
    if (level >= BURNT_OUT) burnt += n;
    const share = n / count;
    entropy -= share * Math.log2(share);
  }
  const mean = sum / count;
  return {
    mean,
    variance: Math.max(0, squares / count - mean * mean),
    overexposed: burnt / count,
    dynamicRange: entropy,
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function histogramOf(patch: LumaPatch, box: Box): Uint32Array {
  const histogram = new Uint32Array(256);
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const level = patch.luma[y * patch.width + x] ?? 0;
      histogram[level] = (histogram[level] ?? 0) + 1;
    }
  }
  return histogram;
}

const CHEEK = Math.round(0.3 * PATCH_EYE_DISTANCE);
/** Cheeks are compared in 32 steps of grey: single levels would tell noise from noise. */
const CHEEK_STEPS = 32;

function cheek(
  patch: LumaPatch,
  centre: { readonly x: number; readonly y: number },
  size: FrameSize,
): Float64Array {
  const at = patch.toPatch(centre.x * size.width, centre.y * size.height);
  const place = (value: number, room: number) =>
    Math.max(0, Math.min(room - CHEEK, Math.round(value - CHEEK / 2)));
  const box = { x: place(at.x, patch.width), y: place(at.y, patch.height), width: CHEEK, height: CHEEK };
  const fine = histogramOf(patch, box);
  const shares = new Float64Array(CHEEK_STEPS);
  fine.forEach((n, level) => {
    const step = Math.floor((level * CHEEK_STEPS) / 256);
    shares[step] = (shares[step] ?? 0) + n / (CHEEK * CHEEK);
  });
  return shares;
}

function intersection(a: Float64Array, b: Float64Array): number {
  return Math.min(
    1,
    a.reduce((sum, share, i) => sum + Math.min(share, b[i] ?? 0), 0),
  );
}

/** Variance of the four-neighbour Laplacian: falls when the picture is out of focus or smeared by motion. */
function laplacianVariance(patch: LumaPatch): number {
  const { width, height, luma } = patch;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const around =
        (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - width] ?? 0) + (luma[at + width] ?? 0);
      const value = around - 4 * (luma[at] ?? 0);
      sum += value;
      squares += value * value;
    }
  }
  const count = (width - 2) * (height - 2);
  return Math.max(0, squares / count - (sum / count) ** 2);
}

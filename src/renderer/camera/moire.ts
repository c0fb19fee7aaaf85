import { eyeMiddle, type Face } from './face.ts';
import type { Pixels } from './luma-patch.ts';
import { squareSpectrum } from './square-spectrum.ts';

/** Side of the window on the face, pixels: a power of two about as wide as a face at the distance that is asked for. */
const SIDE = 128;
/** The window's middle lies this far below the eyes, as a share of its side: brow to mouth. */
const BELOW_EYES = 0.12;
/** Cycles a pixel: what is slower is the face's own shape, and at the very end is the camera's demosaicing. */
const SLOWEST = 0.1;
const FASTEST = 0.49;
/** Shares of a spectrum's amplitudes below this are the arithmetic's own noise; an even picture has no other. */
const NOTHING = 1e-6;
const MOST = 10_000;

/**
 * How much a regular pattern stands out on the face: the highest amplitude over the median amplitude of the luma's
 * spectrum between 0.10 and 0.49 cycles a pixel, in a Hann window of 128x128 of the camera's own pixels (scaling would
 * blur a screen's grid away or make one up). A screen that is filmed shows its grid of pixels or, where that is finer
 * than the camera's, their beat, and both are single peaks; skin, hair and noise spread over all frequencies.
 *
 * 1 to 10 000. Rendered living heads measured 16 to 23, coarse replays 287 to 361; photographs of real replays in
 * published sets only 23 to 28, so this can refer a try to a person and never clear one.
 */
export function measureMoire(pixels: Pixels, face: Face): number | null {
  const eyes = eyeMiddle(face, pixels);
  if (!eyes || pixels.width < SIDE || pixels.height < SIDE) return null;
  const left = place(eyes.x - SIDE / 2, pixels.width);
  const top = place(eyes.y + (BELOW_EYES - 0.5) * SIDE, pixels.height);
  const powers = squareSpectrum(windowed(pixels, left, top), SIDE);
  return peakOverMedian(powers);
}

function place(wanted: number, room: number): number {
  return Math.max(0, Math.min(room - SIDE, Math.round(Number.isFinite(wanted) ? wanted : 0)));
}

const HANN = Float64Array.from({ length: SIDE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIDE));
const values = new Float64Array(SIDE * SIDE);

/** Luma less its mean, so that the window's own shape is not seen. */
function windowed({ width, data }: Pixels, left: number, top: number): Float64Array {
  let sum = 0;
  for (let row = 0; row < SIDE; row++) {
    let at = 4 * ((top + row) * width + left);
    for (let column = 0; column < SIDE; column++, at += 4) {
      const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      values[row * SIDE + column] = luma;
      sum += luma;
    }
  }
  const mean = sum / (SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    const weight = HANN[row] ?? 0;
    for (let column = 0; column < SIDE; column++) {
      const at = row * SIDE + column;
      values[at] = ((values[at] ?? 0) - mean) * weight * (HANN[column] ?? 0);
    }
  }
  return values;
}

/** Places of the spectrum's half plane that lie in the band; the other half repeats it. */
const BAND = Int32Array.from(
  (function* () {
    for (let row = 0; row < SIDE; row++) {
      const v = (row < SIDE / 2 ? row : row - SIDE) / SIDE;
      for (let column = 0; column <= SIDE / 2; column++) {
        const frequency = Math.hypot(v, column / SIDE);
        if (frequency >= SLOWEST && frequency <= FASTEST) yield row * SIDE + column;
      }
    }
  })(),
);
const inBand = new Float32Array(BAND.length);

function peakOverMedian(powers: Float64Array): number {
  let peak = 0;
  for (let i = 0; i < BAND.length; i++) {
    const power = powers[BAND[i] ?? 0] ?? 0;
    inBand[i] = power;
    if (power > peak) peak = power;
  }
  if (!(peak > NOTHING)) return 1;
  const median = inBand.sort()[inBand.length >> 1] ?? 0;
  return Math.max(1, Math.min(MOST, Math.sqrt(peak / Math.max(median, NOTHING))));
}

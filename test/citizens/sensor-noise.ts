import type { SensorNoise } from './scene-view.ts';
import { seededRandom } from './seeded-random.ts';

/** A prime, so that the offsets of rows and frames do not fall into step with it. */
const TILE = 262_139;
/** Levels are stored in sixteenths of a standard deviation. */
const STEP = 16;

let prepared: Int8Array | null = null;

/** Numbers of a normal distribution, made once: the sum of four even ones comes close enough. */
function tile(): Int8Array {
  if (prepared) return prepared;
  const next = seededRandom(20_011);
  const made = new Int8Array(TILE);
  // The sum of four even numbers of 0 to 1 deviates by sqrt(4/12).
  for (let at = 0; at < TILE; at++)
    made[at] = Math.round(((next() + next() + next() + next() - 2) / Math.sqrt(1 / 3)) * STEP);
  prepared = made;
  return made;
}

/**
 * Adds a camera's noise to RGBA pixels where they lie. Each row takes the tile from another place, which seed and
 * number of the frame decide: cheap, and two frames never have the same pixels.
 */
export function addSensorNoise(
  pixels: Uint8ClampedArray,
  picture: { readonly width: number; readonly noise: SensorNoise },
): void {
  const { width, noise } = picture;
  const numbers = tile();
  const scale = noise.level / STEP;
  const next = seededRandom(Math.imul(noise.seed + 1, 0x9e3779b1) ^ Math.imul(noise.frame + 1, 0x85ebca6b));
  for (let row = 0; row < pixels.length; row += 4 * width) {
    let from = Math.floor(next() * TILE);
    for (let at = row; at < row + 4 * width; at += 4) {
      if (from + 3 > TILE) from = 0;
      pixels[at] = (pixels[at] ?? 0) + scale * (numbers[from] ?? 0);
      pixels[at + 1] = (pixels[at + 1] ?? 0) + scale * (numbers[from + 1] ?? 0);
      pixels[at + 2] = (pixels[at + 2] ?? 0) + scale * (numbers[from + 2] ?? 0);
      from += 3;
    }
  }
}

import type { Pixels } from './luma-patch.ts';

/** A picture's luma, scaled down by a whole factor to about 160 columns, and that factor. */
export interface ReducedLuma {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
  readonly luma: Uint8Array;
}

const COLUMNS = 160;

/** Means of the four corners' neighbours of each block: a fourth of the reads of a full mean, and as quiet for edges. */
export function reduceLuma(pixels: Pixels): ReducedLuma {
  const factor = Math.max(1, Math.round(pixels.width / COLUMNS));
  const width = Math.floor(pixels.width / factor);
  const height = Math.floor(pixels.height / factor);
  const luma = new Uint8Array(width * height);
  const { data } = pixels;
  const apart = factor >> 1;
  const [right, below] = [4 * apart, 4 * apart * pixels.width];
  for (let y = 0; y < height; y++) {
    let at = 4 * factor * y * pixels.width;
    for (let x = 0; x < width; x++, at += 4 * factor) {
      const red = channel(data, at, right, below);
      const green = channel(data, at + 1, right, below);
      const blue = channel(data, at + 2, right, below);
      luma[y * width + x] = (0.299 * red + 0.587 * green + 0.114 * blue) / 4;
    }
  }
  return { width, height, factor, luma };
}

function channel(data: Uint8ClampedArray, at: number, right: number, below: number): number {
  return (
    (data[at] ?? 0) + (data[at + right] ?? 0) + (data[at + below] ?? 0) + (data[at + right + below] ?? 0)
  );
}

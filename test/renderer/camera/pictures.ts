import type { Pixels } from '#renderer/camera/luma-patch.ts';

/** Red, green and blue, 0 to 255, of one pixel. */
export type Paint = (x: number, y: number) => readonly [number, number, number];

export function paintedPicture(
  size: { readonly width: number; readonly height: number },
  paint: Paint,
): Pixels {
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = 4 * (y * size.width + x);
      data.set(paint(x, y), at);
      data[at + 3] = 255;
    }
  }
  return { ...size, data };
}

export function greyPicture(
  size: { readonly width: number; readonly height: number },
  grey: (x: number, y: number) => number,
): Pixels {
  return paintedPicture(size, (x, y) => {
    const level = grey(x, y);
    return [level, level, level];
  });
}

/** Normally distributed numbers of a seeded generator (mulberry32, Box and Muller), mean 0 and deviation 1. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Red, green, blue; row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Pixels of the largest picture that is looked at. */
export const MOST_PIXELS = 4_000_000;

export function fits(size: { readonly width: number; readonly height: number }): boolean {
  return size.width > 0 && size.height > 0 && size.width * size.height <= MOST_PIXELS;
}

/** Drops the fourth channel, and wipes what was read. */
export function withoutAlpha(read: {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}): Picture {
  const { width, height, data } = read;
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
    pixels[to] = data[from] ?? 0;
    pixels[to + 1] = data[from + 1] ?? 0;
    pixels[to + 2] = data[from + 2] ?? 0;
  }
  data.fill(0);
  return { width, height, pixels };
}

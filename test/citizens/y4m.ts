import { PNG } from 'pngjs';

/**
 * A YUV4MPEG2 clip, the uncompressed form that Chromium's fake camera plays at the rate it names: a header line, then
 * for each picture `FRAME\n` and its planes Y, U and V, the latter two at half the width and height (C420jpeg).
 */
export function y4mClip(pictures: readonly Buffer[], framesPerSecond: number): Buffer {
  const decoded = pictures.map((png) => PNG.sync.read(png));
  const [first] = decoded;
  if (!first) throw new Error('a clip needs a picture');
  const header = `YUV4MPEG2 W${first.width} H${first.height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`;
  const frames = decoded.flatMap((png) => [Buffer.from('FRAME\n'), planes(png)]);
  return Buffer.concat([Buffer.from(header), ...frames]);
}

/** Full-range BT.601. The colour of a two-by-two block is that of its first pixel. */
function planes(png: { readonly width: number; readonly height: number; readonly data: Buffer }): Buffer {
  const { width, height, data } = png;
  const size = width * height;
  const out = Buffer.alloc(size + size / 2);
  let u = size;
  let v = size + size / 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      out[y * width + x] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      if (y % 2 === 0 && x % 2 === 0) {
        out[u++] = clamped(128 - 0.169 * red - 0.331 * green + 0.5 * blue);
        out[v++] = clamped(128 + 0.5 * red - 0.419 * green - 0.081 * blue);
      }
    }
  }
  return out;
}

function clamped(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

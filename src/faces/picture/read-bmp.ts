import { err, ok, type Result } from '#domain/result.ts';
import { fits, type Picture } from './picture.ts';

const FILE_HEADER = 14;
const SMALLEST_INFO_HEADER = 40;
const UNCOMPRESSED = 0;

/**
 * The BMP that decoders of card portraits write: BITMAPINFOHEADER, 24 or 32 bits, uncompressed, rows of a multiple of
 * four bytes, from the bottom unless the height is negative.
 */
export function readBmp(bytes: Uint8Array): Result<Picture, 'unreadable'> {
  if (bytes.length < FILE_HEADER + SMALLEST_INFO_HEADER) return err('unreadable');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(10, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const channels = view.getUint16(28, true) / 8;
  if (view.getUint32(14, true) < SMALLEST_INFO_HEADER || view.getUint32(30, true) !== UNCOMPRESSED)
    return err('unreadable');
  if ((channels !== 3 && channels !== 4) || !fits({ width, height })) return err('unreadable');
  const row = Math.ceil((width * channels) / 4) * 4;
  if (start + row * height > bytes.length) return err('unreadable');

  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const line = start + row * (signedHeight < 0 ? y : height - 1 - y);
    for (let x = 0; x < width; x += 1) {
      const from = line + x * channels;
      const to = (y * width + x) * 3;
      pixels[to] = bytes[from + 2] ?? 0;
      pixels[to + 1] = bytes[from + 1] ?? 0;
      pixels[to + 2] = bytes[from] ?? 0;
    }
  }
  return ok({ width, height, pixels });
}

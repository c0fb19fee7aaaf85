import type { DecodedPortrait, PortraitDecoder, PortraitFault } from '#contract/portrait-decoder.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

const PHOTO_LENGTH = 1024;
/** RIFF head, one chunk head and the smallest VP8 or VP8L frame head. */
const SMALLEST = 12 + 8 + 5;

function ascii(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/**
 * Takes the WebP file out of a simulated card's portrait:
 *
 * | offset | length | content |
 * |---|---|---|
 * | 0 | 4 | `RIFF` |
 * | 4 | 4 | bytes that follow this field, little-endian, even |
 * | 8 | 4 | `WEBP` |
 * | 12 | 4 | `VP8 ` or `VP8L` or `VP8X` |
 * | 16 | .. | chunk length and data |
 * | end | .. | zeros up to 1024 |
 *
 * What does not begin like a WebP is some other coding and answered `no-decoder`.
 */
export function readEmbeddedWebp(photo: Uint8Array): Result<DecodedPortrait, PortraitFault> {
  if (photo.length !== PHOTO_LENGTH) return err('failed');
  if (ascii(photo, 0) !== 'RIFF' || ascii(photo, 8) !== 'WEBP') return err('no-decoder');
  const end = new DataView(photo.buffer, photo.byteOffset, photo.byteLength).getUint32(4, true) + 8;
  if (end < SMALLEST || end > PHOTO_LENGTH || end % 2 !== 0) return err('failed');
  if (!['VP8 ', 'VP8L', 'VP8X'].includes(ascii(photo, 12))) return err('failed');
  if (photo.subarray(end).some((byte) => byte !== 0)) return err('failed');
  return ok({ mime: 'image/webp', bytes: photo.slice(0, end) });
}

/** Decodes the portraits of simulated cards. */
export const embeddedWebpDecoder: PortraitDecoder = {
  decode: (photo) => Promise.resolve(readEmbeddedWebp(photo)),
};

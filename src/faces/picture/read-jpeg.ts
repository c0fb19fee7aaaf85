import jpeg from 'jpeg-js';
import { err, ok, type Result } from '#domain/result.ts';
import { fits, MOST_PIXELS, type Picture, withoutAlpha } from './picture.ts';

/** What the decoder may allocate, MB: coefficients and samples of the largest picture. */
const MOST_MEMORY = 160;

export function readJpeg(bytes: Uint8Array): Result<Picture, 'unreadable'> {
  try {
    const read = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_PIXELS / 1_000_000,
      maxMemoryUsageInMB: MOST_MEMORY,
    });
    return fits(read) ? ok(withoutAlpha(read)) : err('unreadable');
  } catch {
    // It throws at whatever is wrong with the bytes, and the words say only what.
    return err('unreadable');
  }
}

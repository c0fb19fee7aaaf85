import { LARGEST_FACE_PICTURE } from '#contract/face-messages.ts';
import { err, type Result } from '#domain/result.ts';
import type { Picture } from './picture.ts';
import { readBmp } from './read-bmp.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';
import type { ReadWebp } from './webp-reader.ts';

/**
 * Pixels of a JPEG, PNG, WebP or BMP, whatever anybody says it is: by its first bytes. The bytes may be hostile. They
 * are at most 64 KiB, and nothing larger than {@link MOST_PIXELS} is unpacked.
 */
export async function readPicture(
  bytes: Uint8Array,
  readWebp: ReadWebp,
): Promise<Result<Picture, 'unreadable'>> {
  if (bytes.length > LARGEST_FACE_PICTURE) return err('unreadable');
  if (begins(bytes, [0xff, 0xd8, 0xff])) return readJpeg(bytes);
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(bytes);
  if (begins(bytes, [0x52, 0x49, 0x46, 0x46])) return readWebp(bytes);
  if (begins(bytes, [0x42, 0x4d])) return readBmp(bytes);
  return err('unreadable');
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((value, index) => bytes[index] === value);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One of the committed pictures of generated heads, in memory of its own. */
export function testPicture(
  name: 'lin' | 'lin-turned' | 'otto' | 'two-people' | 'nobody',
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(join(import.meta.dirname, 'pictures', `${name}.jpg`)));
}

/** 102x126 WebP of fewer than 1,000 bytes, as the simulated cards hold it. */
export function cardPortrait(name: 'lin' | 'mei'): Uint8Array<ArrayBuffer> {
  const folder = join(import.meta.dirname, '../../resources/demo/portraits');
  return Uint8Array.from(readFileSync(join(folder, `${name}.webp`)));
}

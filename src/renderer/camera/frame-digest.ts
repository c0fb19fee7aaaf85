import type { Pixels } from './luma-patch.ts';

/** Every seventh pixel: seven shares no factor with a camera's row lengths, so that each column is met within seven rows. */
const STRIDE = 7;

/**
 * 32 bits of a picture's exact pixels: MurmurHash3 (Austin Appleby, public domain) over every seventh pixel and the
 * picture's size. The noise of a camera's sensor gives other bits for every frame; the same bits again mean that the
 * very same picture came again. Only equality says anything, within one try on one machine: the pixels are read in the
 * machine's byte order. It is no cryptographic digest, and need not be: who can choose pixels can change one of them.
 */
export function frameDigest({ width, height, data }: Pixels): number {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
  let digest = Math.imul(width, 0x9e37_79b1) ^ height;
  for (let at = 0; at < pixels.length; at += STRIDE) {
    let block = Math.imul(pixels[at] ?? 0, 0xcc9e_2d51);
    block = (block << 15) | (block >>> 17);
    digest ^= Math.imul(block, 0x1b87_3593);
    digest = (digest << 13) | (digest >>> 19);
    digest = (Math.imul(digest, 5) + 0xe654_6b64) | 0;
  }
  digest ^= digest >>> 16;
  digest = Math.imul(digest, 0x85eb_ca6b);
  digest ^= digest >>> 13;
  digest = Math.imul(digest, 0xc2b2_ae35);
  return (digest ^ (digest >>> 16)) >>> 0;
}

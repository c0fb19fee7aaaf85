import { LARGEST_KEY_FRAME_BYTES, LARGEST_PORTRAIT_BYTES } from '#domain/liveness/evidence.ts';
import type { Crop } from '#domain/portrait/icao-crop.ts';

const LARGEST_JPEG = { none: LARGEST_KEY_FRAME_BYTES, portrait: LARGEST_PORTRAIT_BYTES } as const;
const LOWEST_QUALITY = 0.2;

/** Cuts, scales down (never up) and encodes. */
export async function jpegPicture(picture: {
  readonly source: OffscreenCanvas;
  readonly cut: Crop;
  readonly kind: 'none' | 'portrait';
  readonly size: number;
  readonly quality: number;
}): Promise<Uint8Array> {
  const { source, cut } = picture;
  const scale = Math.min(1, picture.size / Math.max(cut.width, cut.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(cut.width * scale)),
    Math.max(1, Math.round(cut.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas in this browser');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, cut.x, cut.y, cut.width, cut.height, 0, 0, canvas.width, canvas.height);
  for (let quality = picture.quality; ; quality *= 0.85) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= LARGEST_JPEG[picture.kind] || quality < LOWEST_QUALITY) {
      return new Uint8Array(await blob.arrayBuffer());
    }
  }
}

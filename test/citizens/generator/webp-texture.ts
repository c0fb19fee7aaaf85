import type { Page } from 'playwright-core';

/** A PNG scaled down to at most `size` pixels and encoded as WebP by the browser; base64. */
export async function webpTexture(picture: {
  readonly page: Page;
  readonly png: Buffer;
  readonly size: number;
  /** Factor on the stored values; 1 unless told. */
  readonly brightness?: number;
}): Promise<string> {
  const url = await picture.page.evaluate(
    async ({ png, size, brightness }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob(), {
        premultiplyAlpha: 'none',
      });
      const scale = Math.min(1, size / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no 2d canvas');
      context.imageSmoothingQuality = 'high';
      if (brightness !== 1) context.filter = `brightness(${brightness})`;
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', 0.92);
    },
    { png: picture.png.toString('base64'), size: picture.size, brightness: picture.brightness ?? 1 },
  );
  return url.slice(url.indexOf(',') + 1);
}

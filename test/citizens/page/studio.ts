import { CitizenScene, HEIGHT, type View, WIDTH } from './citizen-scene.ts';
import { loadHead } from './load-head.ts';

/** Renders pictures one by one for clips and portraits, as many pixels as smoothly as wanted. */
export interface Studio {
  setHeads(head: string, other: string | null): Promise<void>;
  /** Milliseconds that painting and reading back took. */
  time(view: View): number;
  bitmap(view: View): Promise<ImageBitmap>;
  picture(view: View, type: string, quality: number): string;
  /** A part of the picture, scaled, as a data URL. */
  cutout(view: View, cut: Cutout): string;
}

export interface Cutout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly outWidth: number;
  readonly outHeight: number;
  readonly type: string;
  readonly quality: number;
}

const canvas = document.createElement('canvas');
document.body.append(canvas);
const scene = new CitizenScene(canvas, { smooth: true });
const pixels = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d', { willReadFrequently: true });

/** Reading the pixels waits until they are painted; a bitmap taken from the canvas would only be promised. */
function paint(view: View): ImageData {
  if (!pixels) throw new Error('no 2d canvas');
  scene.render(view);
  pixels.drawImage(canvas, 0, 0);
  return pixels.getImageData(0, 0, WIDTH, HEIGHT);
}

const studio: Studio = {
  async setHeads(head, other) {
    const folder = import.meta.url;
    await scene.setHead(await loadHead(folder, head));
    if (other) await scene.setOther(await loadHead(folder, other));
  },
  time(view) {
    const started = performance.now();
    paint(view);
    return performance.now() - started;
  },
  bitmap(view) {
    return createImageBitmap(paint(view));
  },
  picture(view, type, quality) {
    scene.render(view);
    return canvas.toDataURL(type, quality);
  },
  cutout(view, cut) {
    scene.render(view);
    const out = document.createElement('canvas');
    out.width = cut.outWidth;
    out.height = cut.outHeight;
    const context = out.getContext('2d');
    if (!context) throw new Error('no 2d canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, cut.x, cut.y, cut.width, cut.height, 0, 0, out.width, out.height);
    return out.toDataURL(cut.type, cut.quality);
  },
};
Object.assign(window, { studio });

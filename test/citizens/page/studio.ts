import type { HeadId } from '../citizen-controls.ts';
import { HEIGHT, type View, WIDTH } from '../scene-view.ts';
import { CitizenScene } from './citizen-scene.ts';
import { loadHead } from './load-head.ts';

/** Renders pictures one by one: for clips, portraits and whoever reads their pixels. */
export interface Studio {
  /** A view's heads must be here before it is painted. */
  load(heads: readonly HeadId[]): Promise<void>;
  pixels(view: View): ImageData;
  bitmap(view: View): Promise<ImageBitmap>;
  /** The picture, or a part of it scaled, as a data URL. */
  picture(
    view: View,
    options: { readonly type: string; readonly quality: number; readonly cut?: Cut },
  ): string;
}

export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly outWidth: number;
  readonly outHeight: number;
}

const WHOLE: Cut = { x: 0, y: 0, width: WIDTH, height: HEIGHT, outWidth: WIDTH, outHeight: HEIGHT };

const scene = new CitizenScene();

const studio: Studio = {
  async load(heads) {
    for (const head of heads) if (!scene.has(head)) await scene.load(await loadHead(import.meta.url, head));
  },
  pixels(view) {
    return scene.render(view);
  },
  bitmap(view) {
    return createImageBitmap(scene.render(view));
  },
  picture(view, { type, quality, cut = WHOLE }) {
    const whole = canvasOf(WIDTH, HEIGHT);
    whole.context.putImageData(scene.render(view), 0, 0);
    const out = canvasOf(cut.outWidth, cut.outHeight);
    out.context.imageSmoothingQuality = 'high';
    out.context.drawImage(
      whole.canvas,
      cut.x,
      cut.y,
      cut.width,
      cut.height,
      0,
      0,
      cut.outWidth,
      cut.outHeight,
    );
    return out.canvas.toDataURL(type, quality);
  },
};

function canvasOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  return { canvas, context };
}

Object.assign(window, { studio });

import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { type Crop, portraitCrop } from '#domain/portrait/icao-crop.ts';
import { jpegPicture } from './jpeg-picture.ts';
import { PortraitRace } from './portrait-race.ts';
import type { Capture, CaptureRequest, NoCaptureReason } from './tracker-messages.ts';
import { isPlain, type UprightPlan, type UprightView, uprightPlan } from './upright.ts';

interface Present {
  readonly at: number;
  readonly pixels: ImageData;
}

interface Best extends Present {
  readonly cut: Crop;
}

/** What the tracker and the evidence need; a camera with more pixels is scaled down to about this many. */
const MOST_PIXELS = 640 * 480;

/**
 * Holds the pixels of two frames and no more: the present one, and the best one for a portrait since the last
 * portrait was taken. Their memory is used again and again, and `clear` overwrites all of it.
 */
export class FrameStore {
  #present: Present | null = null;
  #best: Best | null = null;
  #spare: ImageData[] = [];
  #scaled: OffscreenCanvas | null = null;
  #race = new PortraitRace();
  readonly #view: UprightView;

  constructor(view: UprightView) {
    this.#view = view;
  }

  /** Copies a video frame, upright. What it returns is good until the frame after the next is taken. */
  async take(frame: VideoFrame, at: number): Promise<ImageData> {
    const plan = uprightPlan({
      camera: { width: frame.displayWidth, height: frame.displayHeight },
      view: this.#view,
      mostPixels: MOST_PIXELS,
    });
    const { visibleRect } = frame;
    const asItIs =
      isPlain(this.#view) && visibleRect?.width === plan.width && visibleRect.height === plan.height;
    const pixels = asItIs ? await this.#copy(frame, plan.width, plan.height) : this.#draw(frame, plan);
    const former = this.#present;
    this.#present = { at, pixels };
    if (former) this.#release(former.pixels);
    return pixels;
  }

  /** Keeps the present frame when it makes a better portrait than the one kept so far. */
  consider(frame: LandmarkFrame): void {
    const present = this.#present;
    if (!present) return;
    const cut = portraitCrop(frame);
    if (!cut || !this.#race.take(frame)) return;
    const former = this.#best;
    this.#best = { ...present, cut };
    if (former) this.#release(former.pixels);
  }

  async capture(request: CaptureRequest): Promise<Capture | NoCaptureReason> {
    if (request.crop === 'portrait') {
      const best = this.#best;
      if (!best) return 'no-face';
      // The pixels are read before anything is awaited, so their memory may be used again at once.
      const encoded = encode(request, best, best.cut);
      this.#forgetBest();
      return encoded;
    }
    const present = this.#present;
    if (!present) return 'no-frame';
    const { width, height } = present.pixels;
    return encode(request, present, { x: 0, y: 0, width, height });
  }

  /** Another try begins, and maybe with another person. */
  begin(): void {
    this.#race = new PortraitRace();
    this.#forgetBest();
  }

  #forgetBest(): void {
    const best = this.#best;
    this.#best = null;
    this.#race.restart();
    if (best) this.#release(best.pixels);
  }

  clear(): void {
    for (const pixels of [this.#present?.pixels, this.#best?.pixels, ...this.#spare]) pixels?.data.fill(0);
    if (this.#scaled) this.#scaled.width = 1;
    this.#present = null;
    this.#best = null;
    this.#spare = [];
    this.#scaled = null;
    this.#race = new PortraitRace();
  }

  async #copy(frame: VideoFrame, width: number, height: number): Promise<ImageData> {
    const usable = this.#spare.findIndex((pixels) => pixels.width === width && pixels.height === height);
    const [reused] = usable < 0 ? [] : this.#spare.splice(usable, 1);
    const pixels = reused ?? new ImageData(width, height);
    await frame.copyTo(pixels.data, { format: 'RGBA', colorSpace: 'srgb' });
    return pixels;
  }

  #draw(frame: VideoFrame, { width, height, matrix }: UprightPlan): ImageData {
    this.#scaled ??= new OffscreenCanvas(width, height);
    const context = context2d(this.#scaled);
    if (this.#scaled.width !== width || this.#scaled.height !== height) {
      this.#scaled.width = width;
      this.#scaled.height = height;
    }
    context.setTransform(...matrix);
    context.drawImage(frame, 0, 0, frame.displayWidth, frame.displayHeight);
    return context.getImageData(0, 0, width, height);
  }

  /** A frame may be present and best at once; its memory is free when it is neither. */
  #release(pixels: ImageData): void {
    if (this.#present?.pixels === pixels || this.#best?.pixels === pixels) return;
    if (this.#spare.length < 2) this.#spare.push(pixels);
  }
}

function encode(request: CaptureRequest, from: Present, cut: Crop): Promise<Capture> {
  const source = new OffscreenCanvas(from.pixels.width, from.pixels.height);
  context2d(source).putImageData(from.pixels, 0, 0);
  const { crop, size, quality } = request;
  return jpegPicture({ source, cut, kind: crop, size, quality }).then((jpeg) => ({ at: from.at, jpeg }));
}

function context2d(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas in this browser');
  return context;
}

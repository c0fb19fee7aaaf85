import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { jpegPicture } from './jpeg-picture.ts';
import type { Face } from './main-face.ts';
import { type Crop, portraitCrop } from './portrait-crop.ts';
import { portraitMerit } from './portrait-merit.ts';
import type { Capture, CaptureRequest, NoCaptureReason } from './tracker-messages.ts';

interface Best {
  readonly at: number;
  readonly merit: number;
  readonly cut: Crop;
}

/**
 * Holds the pixels of two frames and no more: the present one, and the best one for a portrait since the last
 * portrait was taken. `clear` paints over both.
 */
export class FrameStore {
  readonly #present = new OffscreenCanvas(1, 1);
  readonly #presentContext = context2d(this.#present, { willReadFrequently: true });
  readonly #best = new OffscreenCanvas(1, 1);
  readonly #bestContext = context2d(this.#best, {});
  #presentAt: number | null = null;
  #bestFrame: Best | null = null;

  /** Paints a video frame, scaled down to about VGA's number of pixels, and gives its pixels. */
  take(frame: VideoFrame, at: number): ImageData {
    const scale = Math.min(1, Math.sqrt((640 * 480) / (frame.displayWidth * frame.displayHeight)));
    const width = Math.round(frame.displayWidth * scale);
    const height = Math.round(frame.displayHeight * scale);
    if (this.#present.width !== width || this.#present.height !== height) {
      this.#present.width = width;
      this.#present.height = height;
    }
    this.#presentContext.drawImage(frame, 0, 0, width, height);
    this.#presentAt = at;
    return this.#presentContext.getImageData(0, 0, width, height);
  }

  /** Keeps the present frame when it makes a better portrait than the one kept so far. */
  consider(frame: LandmarkFrame, face: Face, pixels: ImageData): void {
    const merit = portraitMerit({ face, size: frame, light: frame.light });
    if (merit <= (this.#bestFrame?.merit ?? 0)) return;
    const cut = portraitCrop(face, frame);
    if (!cut) return;
    if (this.#best.width !== pixels.width || this.#best.height !== pixels.height) {
      this.#best.width = pixels.width;
      this.#best.height = pixels.height;
    }
    this.#bestContext.putImageData(pixels, 0, 0);
    this.#bestFrame = { at: frame.at, merit, cut };
  }

  async capture(request: CaptureRequest): Promise<Capture | NoCaptureReason> {
    if (request.crop === 'portrait') {
      const best = this.#bestFrame;
      if (!best) return 'no-face';
      this.#bestFrame = null;
      return this.#encode(request, { source: this.#best, cut: best.cut, at: best.at });
    }
    const at = this.#presentAt;
    if (at === null) return 'no-frame';
    const cut = { x: 0, y: 0, width: this.#present.width, height: this.#present.height };
    return this.#encode(request, { source: this.#present, cut, at });
  }

  async #encode(
    request: CaptureRequest,
    from: { readonly source: OffscreenCanvas; readonly cut: Crop; readonly at: number },
  ): Promise<Capture> {
    const { source, cut, at } = from;
    const { size, quality } = request;
    return { at, jpeg: await jpegPicture({ source, cut, kind: request.crop, size, quality }) };
  }

  forgetBest(): void {
    this.#bestFrame = null;
  }

  clear(): void {
    this.#presentAt = null;
    this.#bestFrame = null;
    this.#presentContext.clearRect(0, 0, this.#present.width, this.#present.height);
    this.#bestContext.clearRect(0, 0, this.#best.width, this.#best.height);
  }
}

function context2d(
  canvas: OffscreenCanvas,
  options: CanvasRenderingContext2DSettings,
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', options);
  if (!context) throw new Error('no 2d canvas in this browser');
  return context;
}

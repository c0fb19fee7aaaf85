import type { FrameTexture, LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { measureBezel } from './bezel.ts';
import type { Face } from './face.ts';
import { FaceFinder } from './face-finder.ts';
import { measureFaceLight } from './face-light.ts';
import { measureFrameColour } from './frame-colour.ts';
import { frameDigest } from './frame-digest.ts';
import { measureMoire } from './moire.ts';
import { trackedPoints } from './tracked-points.ts';
import type { WaysUp } from './upside-down-watch.ts';

/** How often a face is searched for a screen's texture, milliseconds: a screen does not come and go between. */
const TEXTURE_EVERY = 240;

export interface ReadFrame {
  readonly frame: LandmarkFrame;
  /** All 478 landmarks; null without a face. */
  readonly face: Face | null;
}

/** From a picture to everything that is said of it: the face's landmarks and all measures that need pixels. */
export class FrameReader {
  readonly #finder: FaceFinder;
  #lastGiven = 0;
  #lastTexture = Number.NEGATIVE_INFINITY;

  private constructor(finder: FaceFinder) {
    this.#finder = finder;
  }

  /** Loads runtime and models from `files`, a folder on our own origin. Rejects when one of them cannot be loaded. */
  static async load(files: string): Promise<FrameReader> {
    return new FrameReader(await FaceFinder.load(files));
  }

  /** `at`: milliseconds on the clock of the camera's frames. */
  read({ pixels, at }: { readonly pixels: ImageData; readonly at: number }): ReadFrame {
    // MediaPipe refuses a timestamp that does not increase, across cameras and tries too.
    this.#lastGiven = Math.max(this.#lastGiven + 1, at);
    const found = this.#finder.look(pixels, this.#lastGiven);
    const face = found?.face ?? null;
    const { width, height } = pixels;
    const frame: LandmarkFrame = {
      at,
      width,
      height,
      faces: found?.faces ?? 0,
      points: face && trackedPoints(face, pixels),
      secondFaceShare: found?.secondFaceShare ?? 0,
      light: face && measureFaceLight(pixels, face),
      texture: face && this.#texture(pixels, face, at),
      colour: face && measureFrameColour(pixels, face),
      digest: frameDigest(pixels),
    };
    return { frame, face };
  }

  /** How sure it is that there is a face, this way up and the other. */
  waysUp(pixels: ImageData): WaysUp {
    return this.#finder.waysUp(pixels);
  }

  /** Null between two measurements. A clock that was set back begins anew. */
  #texture(pixels: ImageData, face: Face, at: number): FrameTexture | null {
    const since = at - this.#lastTexture;
    if (since >= 0 && since < TEXTURE_EVERY) return null;
    const moire = measureMoire(pixels, face);
    if (moire === null) return null;
    this.#lastTexture = at;
    return { moire, bezel: measureBezel(pixels, face) };
  }
}

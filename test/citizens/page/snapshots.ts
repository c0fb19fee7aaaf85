import { DataTexture, LinearFilter, SRGBColorSpace, type Texture } from 'three';
import { HEIGHT, type View, WIDTH } from '../scene-view.ts';

/** Prints and clips that loop show the same pictures again and again; one takes 1.2 MB. */
const KEPT = 64;

/** Pictures of views as textures, the last few of them kept. */
export class Snapshots {
  readonly #paint: (view: View) => Uint8ClampedArray<ArrayBuffer>;
  readonly #kept = new Map<string, DataTexture>();

  constructor(paint: (view: View) => Uint8ClampedArray<ArrayBuffer>) {
    this.#paint = paint;
  }

  of(view: View): Texture {
    const key = JSON.stringify(view);
    const texture = this.#kept.get(key) ?? textureOf(this.#paint(view));
    this.#kept.delete(key);
    this.#kept.set(key, texture);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) {
      this.#kept.get(oldest)?.dispose();
      this.#kept.delete(oldest);
    }
    return texture;
  }

  discard(): void {
    for (const texture of this.#kept.values()) texture.dispose();
    this.#kept.clear();
  }
}

function textureOf(pixels: Uint8ClampedArray<ArrayBuffer>): DataTexture {
  const texture = new DataTexture(new Uint8Array(pixels.buffer), WIDTH, HEIGHT);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

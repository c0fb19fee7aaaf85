/*
 * The tracker's runtime takes a picture in one way only: it uploads it into a WebGL texture, attaches the texture to a
 * framebuffer and reads it back, even when it computes on the CPU. That is two trips of the whole frame through the
 * graphics process, which a kiosk without a graphics card also needs to paint its screen; it costs a quarter of the
 * time per frame and stalls whenever the screen is busy.
 *
 * This is a WebGL 2 context of just the calls of that round trip, in which a texture *is* the picture. Landmarks are
 * the same to the last digit. A call that is not here is a TypeError, not a silent wrong answer; the version of the
 * runtime is pinned.
 */
interface Texture {
  picture: ImageData | null;
}
interface Framebuffer {
  texture: Texture | null;
}

const VENDOR = 0x1f00;
const RENDERER = 0x1f01;
const VERSION = 0x1f02;
const SHADING_LANGUAGE_VERSION = 0x8b8c;

export class PictureGl {
  readonly TEXTURE_2D = 0x0de1;
  readonly RGBA = 0x1908;
  readonly UNSIGNED_BYTE = 0x1401;
  readonly canvas: OffscreenCanvas;
  #texture: Texture | null = null;
  #framebuffer: Framebuffer | null = null;

  constructor(canvas: OffscreenCanvas) {
    this.canvas = canvas;
  }

  getContextAttributes(): WebGLContextAttributes {
    return {};
  }

  getSupportedExtensions(): string[] {
    return [];
  }

  getExtension(): null {
    return null;
  }

  getParameter(name: number): string | number {
    switch (name) {
      case VENDOR:
      case RENDERER:
        return 'picture';
      case VERSION:
        return 'WebGL 2.0';
      case SHADING_LANGUAGE_VERSION:
        return 'WebGL GLSL ES 3.00';
      default:
        return 0;
    }
  }

  getError(): number {
    return 0;
  }

  createTexture(): Texture {
    return { picture: null };
  }

  bindTexture(_target: number, texture: Texture | null): void {
    this.#texture = texture;
  }

  activeTexture(): void {}

  texParameteri(): void {}

  /** `texImage2D(target, level, internalFormat, format, type, source)`, the only form that the runtime uses here. */
  texImage2D(...call: readonly [number, number, number, number, number, ImageData]): void {
    const picture = call[5];
    if (!(picture instanceof ImageData)) throw new TypeError('only pictures of pixels can be uploaded');
    if (this.#texture) this.#texture.picture = picture;
  }

  createFramebuffer(): Framebuffer {
    return { texture: null };
  }

  bindFramebuffer(_target: number, framebuffer: Framebuffer | null): void {
    this.#framebuffer = framebuffer;
  }

  framebufferTexture2D(_target: number, _attachment: number, _kind: number, texture: Texture | null): void {
    if (this.#framebuffer) this.#framebuffer.texture = texture;
  }

  /** `readPixels(x, y, width, height, format, type, into, offset)` of a whole picture, as RGBA bytes. */
  readPixels(...call: readonly [number, number, number, number, number, number, Uint8Array, number]): void {
    const [x, y, width, height, , , into, offset] = call;
    const picture = this.#framebuffer?.texture?.picture;
    if (!picture || x !== 0 || y !== 0 || width !== picture.width || height !== picture.height) {
      throw new RangeError(`cannot read ${width}x${height} at ${x},${y}: no such picture is attached`);
    }
    into.set(picture.data, offset);
  }

  /** Everything here is done when it returns, so a fence has always been passed. */
  fenceSync(): object {
    return {};
  }

  deleteSync(): void {}
}

/** A canvas whose only context is a {@link PictureGl}. */
export function pictureCanvas(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = new PictureGl(canvas);
  // The runtime wraps `getContext` once more, so it has to stay writable.
  Object.defineProperty(canvas, 'getContext', { value: () => gl, writable: true });
  return canvas;
}

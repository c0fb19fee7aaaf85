import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PictureGl } from '#renderer/camera/picture-gl.ts';

/** Node has no `ImageData`; this one holds what the real one holds. */
class StubImageData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

describe('the picture context of the tracker', () => {
  beforeAll(() => {
    vi.stubGlobal('ImageData', StubImageData);
  });
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  function attached() {
    const gl = new PictureGl({ width: 1, height: 1 } as OffscreenCanvas);
    const texture = gl.createTexture();
    const framebuffer = gl.createFramebuffer();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.bindFramebuffer(0, framebuffer);
    gl.framebufferTexture2D(0, 0, gl.TEXTURE_2D, texture);
    const upload = (pixels: number[], width: number, height: number) =>
      gl.texImage2D(
        gl.TEXTURE_2D,
        0,
        gl.RGBA,
        gl.RGBA,
        gl.UNSIGNED_BYTE,
        new ImageData(Uint8ClampedArray.from(pixels), width, height),
      );
    return { gl, texture, framebuffer, upload };
  }

  it('reads back what was uploaded, where the reader wants it', () => {
    const { gl, upload } = attached();
    upload([1, 2, 3, 4, 5, 6, 7, 8], 2, 1);
    const heap = new Uint8Array(12);
    gl.readPixels(0, 0, 2, 1, gl.RGBA, gl.UNSIGNED_BYTE, heap, 3);
    expect([...heap]).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
  });

  it('reads the newest of two uploads', () => {
    const { gl, upload } = attached();
    upload([1, 1, 1, 1], 1, 1);
    upload([9, 9, 9, 9], 1, 1);
    const heap = new Uint8Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, heap, 0);
    expect([...heap]).toEqual([9, 9, 9, 9]);
  });

  it('refuses to read a picture of another size, or none', () => {
    const { gl, framebuffer, upload } = attached();
    upload([1, 1, 1, 1], 1, 1);
    const read = (width: number) =>
      gl.readPixels(0, 0, width, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(16), 0);
    expect(() => read(2)).toThrow('cannot read 2x1 at 0,0');
    framebuffer.texture = null;
    expect(() => read(1)).toThrow('no such picture is attached');
  });

  it('refuses what is not a picture of pixels', () => {
    const { gl } = attached();
    expect(() =>
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, {} as ImageData),
    ).toThrow(TypeError);
  });
});

import { describe, expect, it } from 'vitest';
import { measureFaceLight } from '#renderer/camera/face-light.ts';
import type { Pixels } from '#renderer/camera/luma-patch.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 320, height: 240 };
const face = syntheticFace({ size, x: 160, y: 100, eyeDistance: 60 });

function picture(grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++)
      data.fill(grey(x, y), 4 * (y * size.width + x), 4 * (y * size.width + x) + 3);
  }
  return { ...size, data };
}

describe('the light on a face', () => {
  it('of one even grey has that mean and nothing else', () => {
    const light = measureFaceLight(
      picture(() => 102),
      face,
    );
    expect(light?.mean).toBeCloseTo(0.4, 2);
    expect(light).toMatchObject({ variance: 0, overexposed: 0, evenness: 1, dynamicRange: 0, sharpness: 0 });
  });

  it('burns out where a lamp hits it', () => {
    const light = measureFaceLight(
      picture((x) => (x < 160 ? 255 : 100)),
      face,
    );
    expect(light?.overexposed).toBeCloseTo(0.5, 1);
  });

  it('is uneven when it comes from one side', () => {
    const even =
      measureFaceLight(
        picture((x) => 60 + Math.abs(x - 160)),
        face,
      )?.evenness ?? 0;
    const fromTheSide =
      measureFaceLight(
        picture((x) => Math.max(0, x - 60)),
        face,
      )?.evenness ?? 1;
    expect(even).toBeGreaterThan(0.9);
    expect(fromTheSide).toBeLessThan(0.1);
  });

  it('has eight bits of range when every grey occurs alike', () => {
    const light = measureFaceLight(
      picture((x, y) => (x * 37 + y * 101) % 256),
      face,
    );
    expect(light?.dynamicRange).toBeGreaterThan(7);
    expect(light?.dynamicRange).toBeLessThanOrEqual(8);
  });

  it('is sharper in focus than out of focus', () => {
    const stripes = (width: number) => (x: number) => 128 + 100 * Math.sin((x * 2 * Math.PI) / width);
    const sharp = measureFaceLight(picture(stripes(5)), face)?.sharpness ?? 0;
    const blurred = measureFaceLight(picture(stripes(30)), face)?.sharpness ?? 0;
    expect(sharp).toBeGreaterThan(20 * blurred);
  });

  it('is measured on what lies in the picture when the face hangs over its edge', () => {
    const cut = syntheticFace({ size, x: 5, y: 235, eyeDistance: 60 });
    const light = measureFaceLight(
      picture(() => 51),
      cut,
    );
    expect(light?.mean).toBeCloseTo(0.2, 2);
  });

  it('is not measured on a face too small to say anything', () => {
    const tiny = syntheticFace({ size, x: 160, y: 100, eyeDistance: 8 });
    expect(
      measureFaceLight(
        picture(() => 100),
        tiny,
      ),
    ).toBeNull();
  });
});

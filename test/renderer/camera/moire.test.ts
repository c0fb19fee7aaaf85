import { describe, expect, it } from 'vitest';
import { measureMoire } from '#renderer/camera/moire.ts';
import { squareSpectrum } from '#renderer/camera/square-spectrum.ts';
import { greyPicture, noise } from './pictures.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
const face = syntheticFace({ size, x: 320, y: 200, eyeDistance: 82 });
/** A face's own shading: slow changes, brighter in the middle. */
const shading = (x: number, y: number) => 140 - 0.002 * ((x - 320) ** 2 + (y - 230) ** 2);

/** Standard deviation of a camera's noise in ordinary light, grey levels. */
const NOISE = 3;
const noisy = (grey: (x: number, y: number) => number, seed = 1) => {
  const next = noise(seed);
  return greyPicture(size, (x, y) => grey(x, y) + NOISE * next());
};
/** Lines of a screen's pixels, `pitch` camera pixels apart, at an angle as a hand holds it. */
const grid = (pitch: number, depth: number) => (x: number, y: number) => {
  const [u, v] = [x * Math.cos(0.1) + y * Math.sin(0.1), y * Math.cos(0.1) - x * Math.sin(0.1)];
  return shading(x, y) + depth * (Math.cos((2 * Math.PI * u) / pitch) + Math.cos((2 * Math.PI * v) / pitch));
};

describe('a regular pattern on the face', () => {
  it.each([2.3, 3, 4.2, 7])('stands out at %f pixels', (pitch) => {
    expect(measureMoire(noisy(grid(pitch, 12)), face)).toBeGreaterThan(100);
  });

  it('stands out the more the deeper it is', () => {
    const [faint = 0, deep = 0] = [2, 20].map((depth) => measureMoire(noisy(grid(3, depth)), face) ?? 0);
    expect(deep).toBeGreaterThan(5 * faint);
  });

  it.each([1, 2, 3])('is not found in a camera’s noise (%i)', (seed) => {
    expect(measureMoire(noisy(shading, seed), face)).toBeLessThan(30);
  });

  it('is not found in folds that are slower than a tenth of a cycle a pixel', () => {
    expect(measureMoire(noisy(grid(16, 12)), face)).toBeLessThan(30);
  });

  it('is 1 in one even grey', () => {
    expect(
      measureMoire(
        greyPicture(size, () => 90),
        face,
      ),
    ).toBe(1);
  });

  it('is not looked for in a picture that is smaller than the window', () => {
    const small = { width: 160, height: 120 };
    const picture = greyPicture(small, shading);
    expect(measureMoire(picture, syntheticFace({ size: small, x: 80, y: 50, eyeDistance: 20 }))).toBeNull();
  });
});

describe('the spectrum', () => {
  it('is that of the definition, on one half plane', () => {
    const side = 8;
    const next = noise(4);
    const values = Float64Array.from({ length: side * side }, next);
    const powers = squareSpectrum(values.slice(), side);
    for (let v = 0; v < side; v++) {
      for (let u = 0; u <= side / 2; u++) {
        let [re, im] = [0, 0];
        values.forEach((value, i) => {
          const angle = (-2 * Math.PI * ((i % side) * u + Math.floor(i / side) * v)) / side;
          re += value * Math.cos(angle);
          im += value * Math.sin(angle);
        });
        expect(powers[v * side + u]).toBeCloseTo(re * re + im * im, 6);
      }
    }
  });

  it('is not computed for sides that are no power of two', () => {
    expect(() => squareSpectrum(new Float64Array(36), 6)).toThrow('no transform of 6 values');
  });
});

import { describe, expect, it } from 'vitest';
import { addSensorNoise } from './sensor-noise.ts';

const WIDTH = 160;
const HEIGHT = 120;

function grey(noise: { seed: number; frame: number; level: number }, level = 128): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(level);
  addSensorNoise(pixels, { width: WIDTH, noise });
  return pixels;
}

describe("a camera's noise", () => {
  it('is the same for the same seed and frame', () => {
    expect(grey({ seed: 3, frame: 7, level: 2 })).toEqual(grey({ seed: 3, frame: 7, level: 2 }));
  });

  it('is never the same for two frames of 1000, nor for two cameras', () => {
    const seen = new Set<string>();
    for (let frame = 0; frame < 1000; frame++)
      seen.add(
        grey({ seed: 3, frame, level: 2 })
          .subarray(0, 12 * WIDTH)
          .join(),
      );
    for (let seed = 4; seed < 40; seed++)
      seen.add(
        grey({ seed, frame: 0, level: 2 })
          .subarray(0, 12 * WIDTH)
          .join(),
      );
    expect(seen.size).toBe(1036);
  });

  it('deviates by its level and leaves the mean and the opacity', () => {
    const values = [...grey({ seed: 1, frame: 1, level: 2.5 })];
    expect(values.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 128)).toBe(true);
    const green = values.filter((_, at) => at % 4 === 1);
    const mean = green.reduce((sum, value) => sum + value, 0) / green.length;
    const variance = green.reduce((sum, value) => sum + (value - mean) ** 2, 0) / green.length;
    expect(mean).toBeCloseTo(128, 0);
    expect(Math.sqrt(variance)).toBeGreaterThan(2.2);
    expect(Math.sqrt(variance)).toBeLessThan(2.8);
  });

  it('stays within what a pixel can hold', () => {
    const dark = grey({ seed: 1, frame: 1, level: 3 }, 0);
    expect(Math.max(...dark)).toBeLessThan(20);
  });
});

import { describe, expect, it } from 'vitest';
import { measureFrameColour } from '#renderer/camera/frame-colour.ts';
import { type Paint, paintedPicture } from './pictures.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
const face = syntheticFace({ size, x: 320, y: 200, eyeDistance: 80 });
const onFace = (x: number, y: number) => Math.abs(x - 320) < 84 && y > 128 && y < 336;
const measure = (paint: Paint) => measureFrameColour(paintedPicture(size, paint), face);

describe('the colours of a frame', () => {
  it('are those of the skin and of what is around it, in linear light', () => {
    const colour = measure((x, y) => (onFace(x, y) ? [188, 255, 0] : [0, 188, 255]));
    expect(colour?.face.red).toBeCloseTo(0.5, 2);
    expect(colour?.face.green).toBeCloseTo(1, 5);
    expect(colour?.face.blue).toBe(0);
    expect(colour?.surround.red).toBe(0);
    expect(colour?.surround.green).toBeCloseTo(0.5, 2);
    expect(colour?.surround.blue).toBeCloseTo(1, 5);
  });

  it('follow light that falls on the face only', () => {
    const lit = (blue: number) => measure((x, y) => (onFace(x, y) ? [120, 110, blue] : [90, 90, 90]));
    const [plain, flashed] = [lit(100), lit(140)];
    expect(flashed?.face.blue ?? 0).toBeGreaterThan(1.5 * (plain?.face.blue ?? 1));
    expect(flashed?.face.red).toBe(plain?.face.red);
    expect(flashed?.surround).toEqual(plain?.surround);
  });

  it('of the surround leave the chest out, which the screen lights too', () => {
    const dressed = (grey: number) => measure((_, y) => (y > 345 ? [grey, grey, grey] : [90, 90, 90]));
    expect(dressed(250)?.surround).toEqual(dressed(10)?.surround);
  });

  it('are not known when the face is not in the picture, or fills it', () => {
    const grey: Paint = () => [90, 90, 90];
    const outside = syntheticFace({ size, x: -900, y: -900, eyeDistance: 80 });
    const filling = syntheticFace({ size, x: 320, y: 240, eyeDistance: 600 });
    expect(measureFrameColour(paintedPicture(size, grey), outside)).toBeNull();
    expect(measureFrameColour(paintedPicture(size, grey), filling)).toBeNull();
  });
});

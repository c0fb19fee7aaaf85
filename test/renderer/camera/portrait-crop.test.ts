import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portraitCrop } from '#renderer/camera/portrait-crop.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };

describe('the portrait crop', () => {
  it('has the proportions of ICAO Doc 9303 for a face in the middle', () => {
    const crop = portraitCrop(syntheticFace({ size, x: 320, y: 190, eyeDistance: 80 }), size);
    if (!crop) throw new Error('no crop');
    const headWidth = 2.1 * 80;
    expect(crop.width / crop.height).toBeGreaterThan(0.74);
    expect(crop.width / crop.height).toBeLessThan(0.8);
    expect(headWidth / crop.width).toBeCloseTo(0.6, 1);
    expect((190 - crop.y) / crop.height).toBeCloseTo(0.4, 1);
    expect(crop.x + crop.width / 2).toBeCloseTo(320, -0.5);
  });

  it('stays inside the frame and keeps its shape wherever the face is', () => {
    const faces = fc.record({
      x: fc.integer({ min: -100, max: 740 }),
      y: fc.integer({ min: -100, max: 580 }),
      eyeDistance: fc.integer({ min: 10, max: 400 }),
    });
    fc.assert(
      fc.property(faces, (at) => {
        const crop = portraitCrop(syntheticFace({ size, ...at }), size);
        if (!crop) throw new Error('no crop');
        expect(crop.x).toBeGreaterThanOrEqual(0);
        expect(crop.y).toBeGreaterThanOrEqual(0);
        expect(crop.x + crop.width).toBeLessThanOrEqual(size.width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(size.height);
        if (crop.width > 60) expect(crop.width / crop.height).toBeCloseTo(0.77, 1);
      }),
    );
  });

  it('is refused for landmarks without a face in them', () => {
    expect(portraitCrop(Array(478).fill({ x: 0.5, y: 0.5, z: 0 }), size)).toBeNull();
  });
});

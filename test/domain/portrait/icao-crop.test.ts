import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facePoint } from '#domain/liveness/face-point.ts';
import { cropShare, portraitCrop } from '#domain/portrait/icao-crop.ts';
import { anyFrames } from '../liveness/arbitrary-frames.ts';
import { emptyFrame, FRONT, faceFrame, type Pose } from '../liveness/synthetic-face.ts';

const posed = (pose: Partial<Pose>) => faceFrame({ at: 0, pose: { ...FRONT, ...pose } });

describe('the portrait crop', () => {
  test('has the proportions of ICAO Doc 9303 for a face in the middle', () => {
    const frame = posed({ distance: 55 });
    const crop = portraitCrop(frame);
    if (!crop || !frame.points) throw new Error('no crop');
    const [right, left, eye] = ([234, 454, 468] as const).map((i) =>
      facePoint(frame.points ?? new Int16Array(), i),
    );
    const headWidth = (left?.x ?? 0) - (right?.x ?? 0);
    expect(crop.width / crop.height).toBeGreaterThan(0.74);
    expect(crop.width / crop.height).toBeLessThan(0.8);
    expect(headWidth / crop.width).toBeCloseTo(0.6, 1);
    expect(((eye?.y ?? 0) - crop.y) / crop.height).toBeCloseTo(0.4, 1);
    expect(cropShare(frame)).toBeCloseTo(1, 9);
  });

  test('stays inside the frame wherever the points are', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        for (const frame of frames) {
          expect(cropShare(frame)).toBeGreaterThanOrEqual(0);
          expect(cropShare(frame)).toBeLessThanOrEqual(1);
          const crop = portraitCrop(frame);
          if (!crop) continue;
          expect(crop.x).toBeGreaterThanOrEqual(0);
          expect(crop.y).toBeGreaterThanOrEqual(0);
          expect(crop.x + crop.width).toBeLessThanOrEqual(frame.width);
          expect(crop.y + crop.height).toBeLessThanOrEqual(frame.height);
        }
      }),
    );
  });

  test('keeps its shape when it has to be moved', () => {
    for (const x of [-20, -12, 12, 20]) {
      const crop = portraitCrop(posed({ x, distance: 55 }));
      expect((crop?.width ?? 0) / (crop?.height ?? 1)).toBeCloseTo(0.77, 1);
    }
  });

  test('is refused without a face', () => {
    expect(portraitCrop(emptyFrame(0))).toBeNull();
    expect(cropShare(emptyFrame(0))).toBe(0);
  });
});

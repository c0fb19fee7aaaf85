import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import { trackedPoints } from '#renderer/camera/tracked-points.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };

describe('the tracked points of a face', () => {
  it('are eighths of a pixel, in the order of the list', () => {
    const points = trackedPoints(syntheticFace({ size, x: 320, y: 200, eyeDistance: 80 }), size);
    const rightIris = TRACKED_POINTS.indexOf(468);
    expect([...points.subarray(3 * rightIris, 3 * rightIris + 3)]).toEqual([280 * 8, 200 * 8, 0]);
    const chin = TRACKED_POINTS.indexOf(152);
    expect([...points.subarray(3 * chin, 3 * chin + 3)]).toEqual([320 * 8, 336 * 8, 64]);
    expect(points).toHaveLength(TRACKED_POINTS.length * 3);
  });

  it('stay within 16 bits for a face far outside the frame', () => {
    const far = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(far, far, (x, y) => {
        const points = trackedPoints(Array(478).fill({ x, y, z: x }), size);
        const expected = Math.max(-32_768, Math.min(32_767, Math.round(x * size.width * 8)));
        expect(points[0]).toBe(expected + 0);
      }),
    );
  });
});

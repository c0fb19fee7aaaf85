import { describe, expect, test } from 'vitest';
import { planarResidual, rigidPoints } from '#domain/liveness/planarity.ts';
import { FRONT, faceFrame, type Pose } from './synthetic-face.ts';

const EYE_DISTANCE = 98;

function view(pose: Partial<Pose>, noise = 0) {
  const { points } = faceFrame({ at: Math.abs(pose.yaw ?? 0), pose: { ...FRONT, ...pose }, noise });
  if (points === null) throw new Error('no face');
  return rigidPoints(points);
}

/** A square picture seen from anywhere. */
const square = (map: (x: number, y: number) => { x: number; y: number }) =>
  [-3, -2, -1, 0, 1, 2, 3].flatMap((x) => [-3, -1, 0, 2, 3].map((y) => map(x, y)));

describe('the homography residual', () => {
  test('is nothing between two views of a plane, in any perspective', () => {
    const from = square((x, y) => ({ x: 100 + 20 * x, y: 90 + 22 * y }));
    const to = square((x, y) => {
      const w = 1 + 0.05 * x - 0.02 * y;
      return { x: (200 + 17 * x + 3 * y) / w, y: (80 + 2 * x + 25 * y) / w };
    });
    expect(planarResidual(from, to)).toBeLessThan(1e-6);
  });

  test('of a turned head exceeds the gate from 18 degrees on', () => {
    for (const yaw of [-35, -25, -18, 18, 25, 35]) {
      expect(planarResidual(view({}), view({ yaw }, 0.3)) / EYE_DISTANCE).toBeGreaterThan(0.05);
    }
  });

  test('of a flat head stays far below the gate, with the tracker’s noise', () => {
    for (const yaw of [-35, -18, 18, 35]) {
      const flat = { depth: 0 };
      expect(planarResidual(view(flat), view({ ...flat, yaw }, 0.5)) / EYE_DISTANCE).toBeLessThan(0.02);
    }
  });

  test('of points that lie on one spot or one line is infinite, not a number by accident', () => {
    const spot = square(() => ({ x: 5, y: 5 }));
    expect(planarResidual(spot, spot)).toBe(Number.POSITIVE_INFINITY);
    const line = square((x) => ({ x, y: 2 * x }));
    expect(planarResidual(line, line)).toBe(Number.POSITIVE_INFINITY);
  });
});

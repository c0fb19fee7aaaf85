import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PictureCrop, ROTATIONS } from '#contract/camera-profile.ts';
import { cameraInsets, isPlain, type UprightPlan, uprightPlan } from '#renderer/camera/upright.ts';

const VGA = { width: 640, height: 480 };
const ENOUGH = VGA.width * VGA.height;
const plan = (view: Parameters<typeof uprightPlan>[0]['view'], camera = VGA) =>
  uprightPlan({ camera, view, mostPixels: ENOUGH });

function place({ matrix: [a, b, c, d, e, f] }: UprightPlan, x: number, y: number) {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

describe('a picture is set upright', () => {
  it.each([
    [0, { x: 0, y: 0 }, VGA],
    [90, { x: 480, y: 0 }, { width: 480, height: 640 }],
    [180, { x: 640, y: 480 }, VGA],
    [270, { x: 0, y: 640 }, { width: 480, height: 640 }],
  ] as const)('turned by %i degrees its first corner comes to %j', (rotation, corner, size) => {
    const upright = plan({ rotation, crop: null });
    expect(upright).toMatchObject(size);
    expect(place(upright, 0, 0)).toEqual(corner);
  });

  it('is never mirrored: going round it clockwise stays clockwise', () => {
    for (const rotation of ROTATIONS) {
      const [a, b, c, d] = plan({ rotation, crop: null }).matrix;
      expect(a * d - b * c).toBeGreaterThan(0);
    }
  });

  it('is scaled down and never up', () => {
    expect(plan({ rotation: 0, crop: null }, { width: 1280, height: 960 })).toMatchObject(VGA);
    expect(plan({ rotation: 0, crop: null }, { width: 320, height: 240 })).toMatchObject({
      width: 320,
      height: 240,
    });
  });

  it('is used as it comes when nothing is asked', () => {
    expect(isPlain({ rotation: 0, crop: null })).toBe(true);
    expect(isPlain({ rotation: 180, crop: null })).toBe(false);
  });
});

const crops: fc.Arbitrary<PictureCrop> = fc
  .tuple(
    ...[0, 1].map(() =>
      fc.tuple(fc.double({ min: 0.3, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    ),
  )
  .map(([[width = 1, across = 0] = [], [height = 1, down = 0] = []]) => ({
    left: across * (1 - width),
    top: down * (1 - height),
    width,
    height,
  }));

describe('a picture is cut', () => {
  const cases = fc.record({
    rotation: fc.constantFrom(...ROTATIONS),
    crop: crops,
    camera: fc.record({
      width: fc.integer({ min: 320, max: 1920 }),
      height: fc.integer({ min: 240, max: 1080 }),
    }),
  });

  it('exactly what is left of it after the insets fills the upright picture', () => {
    fc.assert(
      fc.property(cases, ({ rotation, crop, camera }) => {
        const upright = plan({ rotation, crop }, camera);
        const [top, right, bottom, left] = cameraInsets({ rotation, crop });
        const corners = [left, 1 - right].flatMap((x) =>
          [top, 1 - bottom].map((y) => place(upright, x * camera.width, y * camera.height)),
        );
        const across = corners.map(({ x }) => x);
        const down = corners.map(({ y }) => y);
        expect(Math.min(...across)).toBeCloseTo(0, 6);
        expect(Math.min(...down)).toBeCloseTo(0, 6);
        expect(Math.abs(Math.max(...across) - upright.width)).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(Math.abs(Math.max(...down) - upright.height)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });

  it('has no more pixels than were asked for', () => {
    fc.assert(
      fc.property(cases, ({ rotation, crop, camera }) => {
        const { width, height } = plan({ rotation, crop }, camera);
        expect((width - 1) * (height - 1)).toBeLessThanOrEqual(ENOUGH);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { measureBezel } from '#renderer/camera/bezel.ts';
import { greyPicture, noise } from './pictures.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
/** Face from 234 to 406 across and 128 to 336 down. */
const face = syntheticFace({ size, x: 320, y: 200, eyeDistance: 80 });

const WALL = 150;
/** An oval head on shoulders. */
function person(x: number, y: number): number | null {
  if (((x - 320) / 90) ** 2 + ((y - 225) / 135) ** 2 < 1) return 175 - 0.1 * Math.abs(x - 320);
  const shoulder = 390 + 0.0012 * (x - 320) ** 2;
  if (y > shoulder && Math.abs(x - 320) < 250) return 95;
  return null;
}

type Grey = (x: number, y: number) => number;
const seen = (grey: Grey) => {
  const next = noise(7);
  return measureBezel(
    greyPicture(size, (x, y) => grey(x, y) + 3 * next()),
    face,
  );
};
/** A screen with a dark frame, turned by some degrees about the face; what it shows has its own wall and person. */
const screen =
  (box: { left: number; right: number; top: number; bottom: number }, degrees = 0): Grey =>
  (x, y) => {
    const angle = (degrees * Math.PI) / 180;
    const [dx, dy] = [x - 320, y - 230];
    const u = 320 + dx * Math.cos(angle) + dy * Math.sin(angle);
    const v = 230 + dy * Math.cos(angle) - dx * Math.sin(angle);
    const outside = Math.max(box.left - u, u - box.right, box.top - v, v - box.bottom);
    if (outside > 18) return WALL;
    return outside > 0 ? 25 : (person(x, y) ?? 190);
  };
const PHONE = { left: 190, right: 450, top: 60, bottom: 430 };

describe('a straight frame around the face', () => {
  it.each([0, 3, -7, 12])('of a screen that is held at %f degrees is seen', (degrees) => {
    expect(seen(screen(PHONE, degrees))).toBeGreaterThan(0.7);
  });

  it('of which only the upper and the lower side are in the picture is seen', () => {
    expect(seen(screen({ left: -200, right: 900, top: 50, bottom: 420 }))).toBeGreaterThanOrEqual(0.6);
  });

  const standingBefore =
    (hall: Grey): Grey =>
    (x, y) =>
      person(x, y) ?? hall(x, y);

  it.each<[string, Grey]>([
    ['an even wall', () => WALL],
    ['the edge of a wall', (x) => (x < 190 ? 80 : WALL)],
    ['one post of a door', (x) => (x > 470 && x < 490 ? 40 : WALL)],
    ['a corner where two walls and the ceiling meet', (x, y) => (y < 50 ? 210 : x < 180 ? 90 : WALL)],
    ['a shelf above', (_, y) => (y > 40 && y < 55 ? 60 : WALL)],
    ['a picture frame beside', (x, y) => (x > 480 && x < 600 && y > 60 && y < 300 ? 60 : WALL)],
  ])('is not %s', (_, hall) => {
    expect(seen(standingBefore(hall))).toBeLessThan(0.2);
  });

  it.each<[string, Grey]>([
    [
      'the frame of one door',
      (x, y) => (y > 40 && Math.abs(x - 320) > 150 && Math.abs(x - 320) < 165 ? 40 : WALL),
    ],
    ['a curtain', (x) => 150 + 40 * Math.sin(x / 9)],
    ['a window', (x, y) => (y < 300 && Math.abs(x - 320) < 180 ? 240 : 70)],
    ['the posts and lintel of a door', (x, y) => (Math.abs(x - 320) < 150 && y > 45 ? 60 : WALL)],
  ])('may be, but hardly, %s', (_, hall) => {
    expect(seen(standingBefore(hall))).toBeLessThan(0.5);
  });

  it('is not made by noise', () => {
    const next = noise(11);
    expect(
      measureBezel(
        greyPicture(size, () => 128 + 25 * next()),
        face,
      ),
    ).toBe(0);
  });
});

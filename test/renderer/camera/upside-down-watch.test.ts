import { describe, expect, it } from 'vitest';
import type { Face } from '#renderer/camera/face.ts';
import { UpsideDownWatch } from '#renderer/camera/upside-down-watch.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
const upright = syntheticFace({ size, x: 320, y: 200, eyeDistance: 80 });
const onItsHead: Face = upright.map(({ x, y, z }) => ({ x: 1 - x, y: 1 - y, z }));

/** Ten frames a second of the same view; when it was told, and how often the turned picture was looked at. */
function watch(view: {
  readonly face: (at: number) => Face | null;
  readonly turned: (at: number) => boolean;
  readonly seconds: number;
}) {
  const watching = new UpsideDownWatch();
  const told: number[] = [];
  let looks = 0;
  for (let at = 5000; at < 5000 + 1000 * view.seconds; at += 100) {
    const lookTurned = () => {
      looks += 1;
      return view.turned(at);
    };
    if (watching.take({ at, face: view.face(at), lookTurned })) told.push(at - 5000);
  }
  return { told, looks };
}

describe('a camera that is built in upside down', () => {
  it('is told once, when for three seconds a face was there in the turned picture only', () => {
    const { told, looks } = watch({ face: () => null, turned: () => true, seconds: 20 });
    expect(told).toEqual([3500]);
    expect(looks).toBe(2);
  });

  it('is told when the tracker follows a face whose chin is on top, without another look', () => {
    const { told, looks } = watch({ face: () => onItsHead, turned: () => false, seconds: 20 });
    expect(told).toEqual([3500]);
    expect(looks).toBe(0);
  });

  it('is nobody’s thought while an upright face comes now and then', () => {
    const now = (at: number) => (at % 2500 === 0 ? upright : null);
    expect(watch({ face: now, turned: () => true, seconds: 20 })).toEqual({ told: [], looks: 0 });
  });

  it('is not told of one false detection before an empty hall, which is looked at seldom', () => {
    let first = true;
    const once = () => {
      const seen = first;
      first = false;
      return seen;
    };
    const { told, looks } = watch({ face: () => null, turned: once, seconds: 30 });
    expect(told).toEqual([]);
    expect(looks).toBeLessThan(12);
  });
});

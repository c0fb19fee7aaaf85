import { describe, expect, it } from 'vitest';
import { UpsideDownWatch, type WaysUp } from '#renderer/camera/upside-down-watch.ts';

/** Ten frames a second; when it was told, and how often it was looked for. */
function watch(seen: (look: number) => WaysUp, seconds = 20) {
  const watching = new UpsideDownWatch();
  const told: number[] = [];
  let looks = 0;
  for (let at = 5000; at < 5000 + 1000 * seconds; at += 100) {
    const look = () => {
      looks += 1;
      return seen(looks);
    };
    if (watching.take({ at, look })) told.push(at - 5000);
  }
  return { told, looks };
}

const UPRIGHT = { upright: 0.9, turned: 0.6 };
const TURNED = { upright: 0.6, turned: 0.9 };
const NOBODY = { upright: 0, turned: 0 };

describe('a camera that hangs upside down', () => {
  it('is told once, after three looks that agree', () => {
    expect(watch(() => TURNED)).toEqual({ told: [1000], looks: 3 });
  });

  it('is told although one look said otherwise', () => {
    expect(watch((look) => (look === 2 ? UPRIGHT : TURNED)).told).toEqual([2000]);
  });

  it('is waited for as long as nobody stands there', () => {
    expect(watch((look) => (look > 15 ? TURNED : NOBODY)).told).toEqual([8500]);
  });

  it('is not told of one that hangs well, which is not looked at any more', () => {
    expect(watch((look) => (look <= 3 ? UPRIGHT : TURNED))).toEqual({ told: [], looks: 3 });
  });

  it('is not told of scores that are nearly alike', () => {
    expect(watch(() => ({ upright: 0.75, turned: 0.8 })).told).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameRateGauge } from '#renderer/camera/frame-rate.ts';

/** Counts given every `every` milliseconds of a camera of `rate` frames a second; the answers that are no null. */
function answers(rate: number, every: number, until = 8000): number[] {
  const gauge = new FrameRateGauge();
  const given: number[] = [];
  for (let at = 500; at < until; at += every) {
    const answer = gauge.count(at, Math.floor((at * rate) / 1000));
    if (answer !== null) {
      given.push(answer);
      break;
    }
  }
  return given;
}

describe('the rate of a camera', () => {
  it('is that of the camera, however few of its frames are told of', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 60, noNaN: true }),
        fc.integer({ min: 16, max: 700 }),
        (rate, every) => {
          const [measured] = answers(rate, every);
          // A frame more or less at either end of two seconds.
          expect(Math.abs((measured ?? 0) - rate)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('is not told before the camera has set its exposure and was counted for two seconds', () => {
    expect(answers(30, 100, 3300)).toEqual([]);
    expect(answers(30, 100, 3700)).toHaveLength(1);
  });
});

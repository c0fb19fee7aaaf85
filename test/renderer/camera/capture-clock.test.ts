import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureClock } from '#renderer/camera/capture-clock.ts';

describe('the capture clock', () => {
  it('keeps the spacing of the camera when frames arrive late and unevenly', () => {
    const clock = new CaptureClock();
    const delays = [5, 5, 40, 12, 70, 5];
    const times = delays.map((delay, i) =>
      clock.timeOf({ timestamp: i * 33, arrived: 1000 + i * 33 + delay }),
    );
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 33, 66, 99, 132, 165]);
  });

  it('learns a smaller delay when one is seen', () => {
    const clock = new CaptureClock();
    clock.timeOf({ timestamp: 0, arrived: 1080 });
    expect(clock.timeOf({ timestamp: 100, arrived: 1110 })).toBe(1110);
  });

  it('follows a camera whose clock was set back', () => {
    const clock = new CaptureClock();
    clock.timeOf({ timestamp: 90_000, arrived: 1000 });
    expect(clock.timeOf({ timestamp: 10, arrived: 1033 })).toBe(1033);
  });

  it('always increases, whatever timestamps a camera makes up', () => {
    const frames = fc.array(
      fc.record({ timestamp: fc.integer({ min: 0, max: 1e9 }), gap: fc.integer({ min: 0, max: 5000 }) }),
      { minLength: 2 },
    );
    fc.assert(
      fc.property(frames, (list) => {
        const clock = new CaptureClock();
        let arrived = 0;
        let last = Number.NEGATIVE_INFINITY;
        for (const { timestamp, gap } of list) {
          arrived += gap;
          const at = clock.timeOf({ timestamp, arrived });
          expect(at).toBeGreaterThan(last);
          last = at;
        }
      }),
    );
  });
});

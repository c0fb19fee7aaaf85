import { describe, expect, test } from 'vitest';
import { readSignals, type Signals, smoothSignals } from '#domain/liveness/signals.ts';
import { emptyFrame, FRONT, faceFrame, type Pose } from './synthetic-face.ts';

function read(pose: Partial<Pose>): Signals {
  const signals = readSignals(faceFrame({ at: 0, pose: { ...FRONT, pitch: 0, ...pose }, noise: 0 }));
  if (signals === null) throw new Error('no signals');
  return signals;
}

describe('signals of a head', () => {
  test.each([-35, -18, -5, 0, 5, 18, 35])('yaw of %i degrees, positive to the citizen’s own left', (yaw) => {
    expect(read({ yaw }).yaw).toBeCloseTo(yaw, -0.5);
    expect(Math.sign(Math.round(read({ yaw }).yaw))).toBe(Math.sign(yaw));
  });

  test.each([-20, 0, 20])('pitch of %i degrees, positive up', (pitch) => {
    expect(Math.abs(read({ pitch }).pitch - pitch)).toBeLessThan(3);
  });

  test.each([-15, 0, 15])('roll of %i degrees, positive to the own left', (roll) => {
    expect(Math.abs(read({ roll }).roll - roll)).toBeLessThan(1);
  });

  test('a head that turns to its own left moves its nose to the picture’s right', () => {
    expect(read({ yaw: 30 }).centre.x).toBeGreaterThan(0);
    expect(read({ yaw: 30 }).eyeDistance).toBeLessThan(read({}).eyeDistance);
  });

  test('eyes open and shut, each by itself', () => {
    expect(read({ eyes: 1 }).rightEye).toBeCloseTo(0.3, 1);
    expect(read({ eyes: 0 }).leftEye).toBeLessThan(0.02);
    const wink = read({ eyes: { right: 0, left: 1 } });
    expect(wink.rightEye).toBeLessThan(0.02);
    expect(wink.leftEye).toBeGreaterThan(0.25);
  });

  test('mouth shut and open', () => {
    expect(read({ mouth: 0.02 }).mouth).toBeLessThan(0.06);
    expect(read({ mouth: 1 }).mouth).toBeGreaterThan(0.7);
  });

  test('distance: at 45 cm about 100 px between the eyes, at 90 cm half of it', () => {
    expect(read({}).eyeDistance).toBeGreaterThan(95);
    expect(read({ distance: 90 }).eyeDistance / read({}).eyeDistance).toBeCloseTo(0.48, 1);
  });

  test('none without a face, and none from points that no face has', () => {
    expect(readSignals(emptyFrame(0))).toBeNull();
    expect(readSignals({ ...faceFrame({ at: 0 }), points: new Int16Array(150) })).toBeNull();
    expect(readSignals({ ...faceFrame({ at: 0 }), faces: 0 })).toBeNull();
  });
});

describe('smoothing', () => {
  const at = (time: number, yaw: number): Signals => ({ ...read({}), at: time, yaw });

  test('weighs by time, not by frames: a step is followed alike at 30 and at 10 frames a second', () => {
    const step = (interval: number) => {
      const series = [at(0, 0)];
      for (let time = interval; time <= 300; time += interval) series.push(at(time, 20));
      return smoothSignals(series).at(-1)?.yaw ?? 0;
    };
    expect(step(100 / 3)).toBeCloseTo(step(100), 0);
    expect(step(100)).toBeGreaterThan(19);
  });

  test('dampens the noise of a single frame', () => {
    const spike = smoothSignals([at(0, 0), at(33, 0), at(66, 12), at(100, 0), at(133, 0)]);
    expect(Math.max(...spike.map(({ yaw }) => yaw))).toBeLessThan(8);
  });

  test('forgets across a pause', () => {
    expect(smoothSignals([at(0, 40), at(600, 0)]).at(-1)?.yaw).toBe(0);
  });
});

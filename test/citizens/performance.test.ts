import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';
import { type HeadPose, NEUTRAL_POSE } from './head-pose.ts';
import { mannerOf } from './manner.ts';
import { durationOf, idle, perform } from './performance.ts';

const PEOPLE = Array.from({ length: 100 }, (_, seed) => mannerOf(seed));

function during(action: Action, seed: number): HeadPose[] {
  const manner = mannerOf(seed);
  const length = durationOf(action, manner);
  return Array.from({ length: Math.ceil(length / 10) }, (_, i) =>
    perform({ action, time: 10 * i, manner }, NEUTRAL_POSE),
  );
}

/** How long something holds of the poses, milliseconds. */
function time(poses: readonly HeadPose[], holds: (pose: HeadPose) => boolean): number {
  return 10 * poses.filter(holds).length;
}

/** What the detectors ask of a face, in terms of the pose: measured on rendered heads, where one differs from the other. */
const ENOUGH: Record<Action, (poses: readonly HeadPose[]) => boolean> = {
  'turn-left': (poses) => time(poses, (pose) => pose.yaw > 20) > THRESHOLDS.turnHold.value,
  'turn-right': (poses) => time(poses, (pose) => pose.yaw < -20) > THRESHOLDS.turnHold.value,
  nod: (poses) => time(poses, (pose) => pose.pitch > 14) > THRESHOLDS.nodHold.value,
  'open-mouth': (poses) => time(poses, (pose) => pose.openMouth > 0.5) > THRESHOLDS.mouthHold.value,
  smile: (poses) => time(poses, (pose) => pose.smile > 0.75) > THRESHOLDS.smileHold.value,
  blink: (poses) =>
    poses.filter((pose, i) => pose.closeEyes > 0.6 && !((poses[i - 1]?.closeEyes ?? 0) > 0.6)).length === 2,
};

describe.each(ACTIONS)('a person who is asked for: %s', (action) => {
  it('goes far enough and holds it long enough, whoever it is', () => {
    for (const { seed } of PEOPLE) expect(ENOUGH[action](during(action, seed)), `person ${seed}`).toBe(true);
  });

  it('begins and ends as they stood there', () => {
    for (const { seed } of PEOPLE.slice(0, 10)) {
      const manner = mannerOf(seed);
      const held = idle(4321, { blinking: false, manner });
      for (const at of [0, durationOf(action, manner)])
        expect(perform({ action, time: at, manner }, held)).toEqual(held);
    }
  });

  it('moves nothing else', () => {
    const moved = Object.keys(NEUTRAL_POSE).filter((key) =>
      during(action, 5).some((pose) => pose[key as keyof HeadPose] !== 0),
    );
    expect(moved).toHaveLength(1);
  });
});

describe('people', () => {
  it('have manners of their own', () => {
    expect(new Set(PEOPLE.map((manner) => manner.turnDegrees)).size).toBe(100);
    expect(new Set(PEOPLE.map((manner) => manner.slowness)).size).toBe(100);
  });

  it('react after 350 to 900 milliseconds', () => {
    for (const { reaction } of PEOPLE) {
      expect(reaction[0]).toBeGreaterThanOrEqual(350);
      expect(reaction[1]).toBeLessThanOrEqual(900);
      expect(reaction[1]).toBeGreaterThan(reaction[0]);
    }
  });

  it('sway a little while nothing is asked, and blink for less than half a second', () => {
    for (const manner of PEOPLE) {
      const poses = Array.from({ length: 2000 }, (_, i) => idle(10 * i, { blinking: true, manner }));
      expect(Math.max(...poses.map((pose) => Math.abs(pose.yaw)))).toBeLessThan(
        THRESHOLDS.turnOnset.value / 3,
      );
      expect(Math.max(...poses.map((pose) => pose.pitch))).toBeLessThan(THRESHOLDS.nodOnset.value / 2);
      const shut = poses.map((pose) => pose.closeEyes > 0.4);
      const blinks = shut.filter((closed, i) => closed && !shut[i - 1]).length;
      expect(blinks).toBeGreaterThanOrEqual(3);
      expect((10 * shut.filter(Boolean).length) / blinks).toBeLessThan(300);
    }
  });
});

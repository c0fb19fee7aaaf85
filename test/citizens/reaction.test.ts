import { describe, expect, it } from 'vitest';
import type { Action } from '#domain/liveness/action.ts';
import { NEUTRAL_POSE } from './head-pose.ts';
import { durationOf } from './performance.ts';
import { actingOn } from './reaction.ts';

/** What a citizen does with a screen that asks `asked(time)`, sampled every 20 ms. */
function watch(asked: (time: number) => Action | null, length: number) {
  const react = actingOn({ random: () => 0.5 });
  return Array.from({ length: length / 20 }, (_, i) => {
    const now = i * 20;
    const move = react({ now, asked: asked(now) });
    return { now, pose: move ? move(NEUTRAL_POSE) : NEUTRAL_POSE, moving: move !== null };
  });
}

describe('a citizen who does what the screen asks', () => {
  it('stands still while nothing is asked', () => {
    expect(watch(() => null, 3000).some((moment) => moment.moving)).toBe(false);
  });

  it('turns to their own left about half a second after being asked, and comes back', () => {
    const moments = watch((time) => (time >= 1000 && time < 4000 ? 'turn-left' : null), 5000);
    const first = moments.find((moment) => moment.moving)?.now ?? 0;
    expect(first).toBeGreaterThanOrEqual(1400);
    expect(first).toBeLessThanOrEqual(1720);
    expect(Math.max(...moments.map((moment) => moment.pose.yaw))).toBeGreaterThan(25);
    expect(moments.at(-1)?.pose).toEqual(NEUTRAL_POSE);
  });

  it('turns the other way when asked for the right', () => {
    const moments = watch((time) => (time < 3000 ? 'turn-right' : null), 4000);
    expect(Math.min(...moments.map((moment) => moment.pose.yaw))).toBeLessThan(-25);
  });

  it('finishes a movement when the prompt goes away', () => {
    const moments = watch((time) => (time < 1200 ? 'open-mouth' : null), 4000);
    const moved = moments.filter((moment) => moment.moving).length * 20;
    expect(moved).toBeCloseTo(durationOf('open-mouth'), -2);
  });

  it('drops what was only meant when the prompt goes away at once', () => {
    expect(watch((time) => (time < 200 ? 'blink' : null), 3000).some((moment) => moment.moving)).toBe(false);
  });

  it('does the next action after the first, and the first not twice', () => {
    const moments = watch((time) => (time < 3000 ? 'turn-left' : 'open-mouth'), 6500);
    const mouthOpen = moments.filter((moment) => moment.pose.openMouth > 0.9);
    expect(mouthOpen.length).toBeGreaterThan(10);
    expect(moments.filter((moment) => moment.now > 3500 && moment.pose.yaw > 5)).toHaveLength(0);
  });

  it('shuts both eyes twice for a blink, each time for long enough to be seen', () => {
    const moments = watch((time) => (time < 2500 ? 'blink' : null), 3500);
    const shut = moments.map((moment) => moment.pose.closeEyes > 0.6);
    const closures = shut.filter((closed, i) => closed && !shut[i - 1]).length;
    expect(closures).toBe(2);
    expect(shut.filter(Boolean).length * 20).toBeGreaterThan(500);
  });
});

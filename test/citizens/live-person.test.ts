import { describe, expect, it } from 'vitest';
import type { Action } from '#domain/liveness/action.ts';
import { type LiveSetting, livePerson } from './live-person.ts';
import type { Moment, Told } from './performer.ts';
import type { View } from './scene-view.ts';

const prompt = (action: Action, since: number, until: number | null): Told => ({
  kind: 'prompt',
  action,
  since,
  until,
});

/** Views every 20 ms of somebody who is told all this, as far as it was told by then. */
function watch(setting: LiveSetting, told: readonly Told[], length = 6000): View[] {
  const performer = livePerson(setting);
  return Array.from({ length: length / 20 }, (_, i) => {
    const time = 20 * i;
    const known = told.filter((each) => each.since <= time);
    const moment: Moment = { time, asked: null, askedSince: null, flash: null, hint: null, told: known };
    return performer(moment);
  });
}
const pose = (view: View | undefined) => view?.people[0]?.pose;
const firstTurn = (views: readonly View[]) => 20 * views.findIndex((view) => (pose(view)?.yaw ?? 0) > 8);

describe('a living person before the camera', () => {
  it('is the same for the same seed and moment, whatever was painted before', () => {
    const told = [prompt('nod', 1000, 3000)];
    const once = watch({ head: 'lin', seed: 4 }, told);
    const performer = livePerson({ head: 'lin', seed: 4 });
    const moment = { time: 2000, asked: null, askedSince: null, flash: null, hint: null, told };
    expect(performer(moment)).toEqual(once[100]);
  });

  it('moves as nobody else does', () => {
    const told = [prompt('turn-left', 1000, 4000)];
    const people = Array.from({ length: 100 }, (_, seed) => watch({ head: 'lin', seed }, told));
    expect(new Set(people.map((views) => JSON.stringify(views.map(pose)))).size).toBe(100);
    expect(new Set(people.map(firstTurn)).size).toBeGreaterThan(15);
    for (const views of people) {
      expect(firstTurn(views)).toBeGreaterThan(1350);
      expect(firstTurn(views)).toBeLessThan(2500);
    }
  });

  it('finishes a movement when the prompt goes away, and drops one that was only meant', () => {
    const finished = watch({ head: 'lin', seed: 1 }, [prompt('open-mouth', 1000, 2000)]);
    expect(Math.max(...finished.map((view) => pose(view)?.openMouth ?? 0))).toBeGreaterThan(0.7);
    const dropped = watch({ head: 'lin', seed: 1 }, [prompt('open-mouth', 1000, 1200)]);
    expect(Math.max(...dropped.map((view) => pose(view)?.openMouth ?? 0))).toBe(0);
  });

  it('comes back soon after the prompt is gone, without a jump', () => {
    const back = (until: number) => {
      const views = watch({ head: 'lin', seed: 1 }, [prompt('turn-left', 1000, until)]);
      const yaws = views.map((view) => pose(view)?.yaw ?? 0);
      yaws.forEach((yaw, i) => {
        expect(Math.abs(yaw - (yaws[i - 1] ?? yaw))).toBeLessThan(2.5);
      });
      return 20 * yaws.findLastIndex((yaw) => yaw > 10);
    };
    expect(back(2000)).toBeLessThan(back(5000) - 300);
  });

  it('tries again when the prompt stays', () => {
    const views = watch({ head: 'lin', seed: 2 }, [prompt('smile', 500, null)], 9000);
    const smiling = views.map((view) => (pose(view)?.smile ?? 0) > 0.5);
    expect(smiling.filter((smiles, i) => smiles && !smiling[i - 1]).length).toBeGreaterThanOrEqual(2);
  });

  it('is smeared while turning and sharp while standing', () => {
    const views = watch({ head: 'lin', seed: 3 }, [prompt('turn-right', 1000, 4000)]);
    const smeared = views.filter((view) => view.exposure).length;
    expect(smeared).toBeGreaterThan(10);
    expect(smeared).toBeLessThan(views.length / 4);
    expect(views.slice(0, 50).every((view) => view.exposure === undefined)).toBe(true);
  });

  it('has noise of its own in every frame', () => {
    const views = watch({ head: 'lin', seed: 3, light: { kind: 'dim', level: 1 } }, []);
    expect(new Set(views.map((view) => view.noise?.frame)).size).toBe(views.length);
    expect(views[0]?.noise?.level).toBe(3.5);
  });
});

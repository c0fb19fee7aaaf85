import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { personalBaseline } from '#domain/liveness/baseline.ts';
import { findClosures } from '#domain/liveness/detectors/closures.ts';
import type { Detection, Observed } from '#domain/liveness/detectors/detection.ts';
import { DETECTORS } from '#domain/liveness/detectors/detectors.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { acting } from './rehearsal.ts';
import { clip, FRONT, type Pose, swell } from './synthetic-face.ts';

const FROM = 2000;
const UNTIL = 7000;

function observe(pose: (at: number) => Pose, perSecond = 12): Observed {
  const frames = clip({ from: 0, until: UNTIL, perSecond, pose });
  const signals = frames.flatMap((frame) => readSignals(frame) ?? []);
  const baseline = personalBaseline(signals.filter(({ at }) => at < 1600));
  if (baseline === null) throw new Error('no baseline');
  return { signals: smoothSignals(signals), baseline, from: FROM, until: UNTIL };
}

function detect(action: Action, pose: (at: number) => Pose, perSecond = 12): Detection {
  return DETECTORS[action](observe(pose, perSecond));
}

describe.each([...ACTIONS])('%s', (action) => {
  test.each([5, 12, 30])('is found at %i frames a second, with a plausible beginning', (perSecond) => {
    const found = detect(action, (at) => acting(action, FRONT, at, 2600, 30), perSecond);
    if (found.state !== 'done') throw new Error(found.state);
    expect(found.beganAt).toBeGreaterThan(2450);
    expect(found.beganAt).toBeLessThan(3100);
    expect(found.doneAt).toBeGreaterThan(found.beganAt);
    expect(found.doneAt).toBeLessThan(4900);
  });

  test('is not found in a still face, nor when another action is done', () => {
    expect(detect(action, () => FRONT).state).toBe('waiting');
    for (const other of ACTIONS.filter((name) => name !== action)) {
      expect(detect(action, (at) => acting(other, FRONT, at, 2600, 30)).state).toBe('waiting');
    }
  });

  test('is not counted when it began too early', () => {
    const found = detect(action, (at) => acting(action, FRONT, at, 1750, 30));
    // An asked blink has a second closure 800 ms later; one ordinary closure is no answer.
    expect(found.state).toBe('waiting');
  });
});

describe('a turn', () => {
  test('of 14 degrees is none, of 22 is one', () => {
    expect(detect('turn-left', (at) => acting('turn-left', FRONT, at, 2600, 14)).state).toBe('waiting');
    expect(detect('turn-left', (at) => acting('turn-left', FRONT, at, 2600, 22)).state).toBe('done');
  });

  test('is a change from the own front: a face that always looks 12 degrees aside needs 30', () => {
    const aside = { ...FRONT, yaw: 12 };
    const to = (yaw: number) => (at: number) => ({ ...aside, yaw: 12 + (yaw - 12) * swell(at, 2600, 600) });
    expect(detect('turn-left', to(22)).state).toBe('waiting');
    expect(detect('turn-left', to(34)).state).toBe('done');
  });

  test('that is not held is none', () => {
    expect(detect('turn-left', (at) => ({ ...FRONT, yaw: 26 * swell(at, 2600, 0, 60) }), 30).state).toBe(
      'waiting',
    );
  });

  test('under way is told, for the picture', () => {
    const observed = observe((at) => acting('turn-right', FRONT, at, 2600, 30));
    const reached = observed.signals.find(({ yaw }) => yaw < -19)?.at ?? 0;
    expect(DETECTORS['turn-right']({ ...observed, until: reached })).toMatchObject({ state: 'under-way' });
  });
});

describe('a blink', () => {
  const closing = (from: number, lasts: number) => (at: number) => ({
    ...FRONT,
    eyes: 1 - swell(at, from, lasts, 60),
  });

  test('of ordinary length, once, is no answer; twice is', () => {
    expect(detect('blink', closing(2600, 150), 25).state).toBe('waiting');
    const twice = (at: number) => ({
      ...FRONT,
      eyes: 1 - Math.max(swell(at, 2600, 150, 60), swell(at, 3100, 150, 60)),
    });
    expect(detect('blink', twice, 25).state).toBe('done');
  });

  test('of 400 ms and more, once, is an answer when it ends', () => {
    expect(detect('blink', closing(2600, 500)).state).toBe('done');
    expect(detect('blink', closing(6000, 5000)).state).toBe('under-way');
  });

  test('with one eye only is none', () => {
    const wink = (at: number) => ({ ...FRONT, eyes: { right: 1 - swell(at, 2600, 600), left: 1 } });
    expect(detect('blink', wink).state).toBe('waiting');
  });

  test('while the head is turned says nothing', () => {
    const turned = (at: number) => ({ ...closing(2800, 600)(at), yaw: 20 * swell(at, 2200, 3000) });
    expect(detect('blink', turned).state).toBe('waiting');
  });

  test('its length is measured between the frames', () => {
    for (const perSecond of [8, 12, 25]) {
      const [closure] = findClosures(observe(closing(2600, 400), perSecond));
      expect(closure?.lastsMs).toBeGreaterThan(380);
      expect(closure?.lastsMs).toBeLessThan(620);
    }
  });
});

describe('the mouth', () => {
  test('that talks is not open', () => {
    const talking = (at: number) => ({ ...FRONT, mouth: at < 2000 ? 0.05 : 0.14 + 0.14 * Math.sin(at / 60) });
    expect(detect('open-mouth', talking, 25).state).toBe('waiting');
  });

  test('that hangs open all along opens by the same change', () => {
    const base = { ...FRONT, mouth: 0.3 };
    expect(detect('open-mouth', () => base).state).toBe('waiting');
    expect(detect('open-mouth', (at) => acting('open-mouth', base, at, 2600, 30)).state).toBe('done');
  });
});

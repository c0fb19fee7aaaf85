import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { personalBaseline } from '#domain/liveness/baseline.ts';
import { findClosures } from '#domain/liveness/detectors/closures.ts';
import type { Detection, Observed } from '#domain/liveness/detectors/detection.ts';
import { findMovements } from '#domain/liveness/detectors/detections.ts';
import { DETECTORS } from '#domain/liveness/detectors/detectors.ts';
import { readSignals, smoothSignals } from '#domain/liveness/signals.ts';
import { acting } from './rehearsal.ts';
import { clip, FRONT, type Pose, swell } from './synthetic-face.ts';

const FROM = 2000;
const UNTIL = 7000;

function observe(pose: (at: number) => Pose, perSecond = 12, until = UNTIL): Observed {
  const frames = clip({ from: 0, until, perSecond, pose });
  const signals = frames.flatMap((frame) => readSignals(frame) ?? []);
  const baseline = personalBaseline(signals.filter(({ at }) => at < 1600));
  if (baseline === null) throw new Error('no baseline');
  return { signals: smoothSignals(signals), baseline, from: FROM, until };
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

  test('with one eye only is one: the other may be hidden, or not there', () => {
    const wink = (at: number) => ({ ...FRONT, eyes: { right: 1 - swell(at, 2600, 600), left: 1 } });
    expect(detect('blink', wink).state).toBe('done');
    expect(findClosures(observe(wink), 'both')).toEqual([]);
  });

  test('while the head is turned says nothing', () => {
    const turned = (at: number) => ({ ...closing(2800, 600)(at), yaw: 20 * swell(at, 2200, 3000) });
    expect(detect('blink', turned).state).toBe('waiting');
  });

  test('its length is measured between the frames', () => {
    for (const perSecond of [8, 12, 25]) {
      const [closure] = findClosures(observe(closing(2600, 400), perSecond), 'both');
      expect(closure?.lastsMs).toBeGreaterThan(380);
      expect(closure?.lastsMs).toBeLessThan(620);
    }
  });
});

describe('a nod', () => {
  const bowing =
    (degrees: number, more: (at: number) => Partial<Pose> = () => ({})) =>
    (at: number) => ({
      ...FRONT,
      ...more(at),
      pitch: FRONT.pitch - degrees * swell(at, 2600, 300),
    });

  test('of 9 degrees is none, of 15 is one, whatever the camera’s height', () => {
    expect(detect('nod', bowing(9)).state).toBe('waiting');
    expect(detect('nod', bowing(15)).state).toBe('done');
    const high = { ...FRONT, pitch: -22 };
    expect(detect('nod', (at) => acting('nod', high, at, 2600, 30)).state).toBe('done');
  });

  test('is not a smile that moves the chin, nor a chin that sinks in a turn', () => {
    expect(
      detect(
        'nod',
        bowing(14, (at) => ({ smile: swell(at, 2400, 900) })),
      ).state,
    ).toBe('waiting');
    expect(
      detect(
        'nod',
        bowing(14, (at) => ({ yaw: 28 * swell(at, 2300, 1200) })),
      ).state,
    ).toBe('waiting');
  });

  test('upwards is none', () => {
    expect(detect('nod', bowing(-16)).state).toBe('waiting');
  });
});

describe('a smile', () => {
  const smiling =
    (share: number, more: (at: number) => Partial<Pose> = () => ({})) =>
    (at: number) => ({
      ...FRONT,
      ...more(at),
      smile: share * swell(at, 2600, 600),
    });

  test('of a quarter of its width is none, a full one is, with the chin that follows too', () => {
    expect(detect('smile', smiling(0.25)).state).toBe('waiting');
    expect(detect('smile', smiling(1)).state).toBe('done');
    const sinking = smiling(1, (at) => ({ pitch: FRONT.pitch - 9 * swell(at, 2600, 600) }));
    expect(detect('smile', sinking).state).toBe('done');
    expect(detect('nod', sinking).state).toBe('waiting');
  });

  test('is not a mouth that opens, lips that speak, a turn, or a nod', () => {
    expect(
      detect(
        'smile',
        smiling(1, (at) => ({ mouth: 0.6 * swell(at, 2500, 900) })),
      ).state,
    ).toBe('waiting');
    const vowels = (at: number) => ({ ...FRONT, smile: at < 2000 ? 0 : 0.45 + 0.45 * Math.sin(at / 70) });
    expect(detect('smile', vowels, 25).state).toBe('waiting');
    for (const yaw of [-35, 35]) {
      expect(detect('smile', (at) => ({ ...FRONT, yaw: yaw * swell(at, 2600, 900) })).state).toBe('waiting');
    }
    expect(detect('smile', (at) => ({ ...FRONT, pitch: -28 * swell(at, 2600, 900) })).state).toBe('waiting');
  });

  test('of a mouth that is wide at rest is a change from there', () => {
    const wide = { ...FRONT, smile: 0.6 };
    expect(detect('smile', () => wide).state).toBe('waiting');
  });
});

describe('all movements of a trace', () => {
  test('are found once each, in their order, by the detectors themselves', () => {
    const order = ['nod', 'turn-left', 'smile', 'open-mouth', 'turn-right', 'blink'] as const;
    const starts = order.map((_, index) => 2600 + index * 2500);
    const { signals, baseline } = observe(
      (at) => order.reduce((pose, action, index) => acting(action, pose, at, starts[index] ?? 0, 30), FRONT),
      12,
      18_000,
    );
    const found = findMovements({ signals, baseline });
    expect(found.map(({ action }) => action)).toEqual(order);
    for (const [index, movement] of found.entries()) {
      expect(movement.beganAt).toBeGreaterThan((starts[index] ?? 0) - 150);
      expect(movement.doneAt).toBeLessThan((starts[index] ?? 0) + 2500);
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

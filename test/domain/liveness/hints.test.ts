import { describe, expect, test } from 'vitest';
import { positionHint } from '#domain/liveness/hints.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, NOTHING_SEEN, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import { readSignals } from '#domain/liveness/signals.ts';
import { clip, emptyFrame, FRONT, faceFrame, GOOD_LIGHT, type Pose } from './synthetic-face.ts';

const hint = (frame: LandmarkFrame) => positionHint(frame, readSignals(frame));
const posed = (pose: Partial<Pose>) => faceFrame({ at: 0, pose: { ...FRONT, ...pose } });
const lit = (light: Partial<typeof GOOD_LIGHT>) => faceFrame({ at: 0, light: { ...GOOD_LIGHT, ...light } });

describe('what the citizen should change', () => {
  test.each([
    ['nothing', null, posed({})],
    ['be there', 'no-face', emptyFrame(0)],
    ['come closer', 'too-far', posed({ distance: 75 })],
    ['step back', 'too-close', posed({ distance: 34 })],
    ['come to the middle', 'too-close', posed({ x: 18 })],
    ['look straight', 'turned-away', posed({ yaw: 14 })],
    ['look up', 'turned-away', posed({ pitch: -30 })],
    ['hold the head upright', 'turned-away', posed({ roll: 18 })],
    ['open the eyes', 'eyes-shut', posed({ eyes: 0.2 })],
    ['find light', 'too-dark', lit({ mean: 0.1 })],
    ['leave the lamp', 'too-bright', lit({ mean: 0.9 })],
    ['wait for a sharp picture', 'blurred', lit({ sharpness: 2 })],
    ['be alone', 'two-people', { ...posed({}), faces: 2, secondFaceShare: 0.8 }],
  ] as const)('%s', (_, expected, frame) => {
    expect(hint(frame)).toBe(expected);
  });

  test('the most useful first: who is far away and in the dark is told to come closer', () => {
    expect(
      hint(faceFrame({ at: 0, pose: { ...FRONT, distance: 80 }, light: { ...GOOD_LIGHT, mean: 0.05 } })),
    ).toBe('too-far');
  });

  test('light that was not measured is not complained about', () => {
    expect(hint(faceFrame({ at: 0, light: null }))).toBeNull();
  });
});

describe('waiting for a neutral face', () => {
  const watch = (frames: readonly LandmarkFrame[]) => frames.reduce(watchNeutral, NOTHING_SEEN);
  const still = (until: number, perSecond = 12) => clip({ from: 0, until, perSecond, pose: () => FRONT });

  test.each([5, 12, 30])('takes 1.5 s at %i frames a second', (perSecond) => {
    expect(isNeutral(watch(still(1400, perSecond)), 1400)).toBe(false);
    expect(isNeutral(watch(still(1600, perSecond)), 1600)).toBe(true);
  });

  test('forgives a blink, not a look aside', () => {
    const during = (pose: Partial<Pose>, from: number, until: number) =>
      clip({
        from: 0,
        until: 1700,
        perSecond: 12,
        pose: (at) => (at > from && at < until ? { ...FRONT, ...pose } : FRONT),
      });
    expect(isNeutral(watch(during({ eyes: 0 }, 600, 850)), 1700)).toBe(true);
    const aside = watch(during({ yaw: 20 }, 600, 1500));
    expect(isNeutral(aside, 1700)).toBe(false);
  });

  test('a head that never stops swaying is not neutral', () => {
    const swaying = clip({
      from: 0,
      until: 4000,
      perSecond: 12,
      pose: (at) => ({ ...FRONT, x: 5 * Math.sin(at / 130) }),
    });
    expect(isNeutral(watch(swaying), 4000)).toBe(false);
  });

  test('says what is wrong', () => {
    expect(watch([emptyFrame(0)]).hint).toBe('no-face');
    expect(watch(still(500)).hint).toBeNull();
  });
});

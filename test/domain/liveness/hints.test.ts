import { describe, expect, test } from 'vitest';
import { positionHint } from '#domain/liveness/hints.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { isNeutral, NOTHING_SEEN, watchNeutral } from '#domain/liveness/neutral-watch.ts';
import { readSignals } from '#domain/liveness/signals.ts';
import { clip, emptyFrame, FRONT, faceFrame, GOOD_LIGHT, type Pose } from './synthetic-face.ts';

const hint = (frame: LandmarkFrame) => positionHint(frame, readSignals(frame));
const posed = (pose: Partial<Pose>) => faceFrame({ at: 0, pose: { ...FRONT, ...pose } });
const lit = (light: Partial<typeof GOOD_LIGHT>) => faceFrame({ at: 0, light: { ...GOOD_LIGHT, ...light } });

const grey = (value: number) => ({ red: value, green: value, blue: value });
const backLit = (light: { readonly mean: number; readonly face: number; readonly surround: number }) => ({
  ...lit({ mean: light.mean }),
  colour: { face: grey(light.face), surround: grey(light.surround) },
});

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
    ['find light', 'too-dark', lit({ mean: 0.08 })],
    ['find light in a dark place', 'too-dark', backLit({ mean: 0.17, face: 0.03, surround: 0.05 })],
    ['leave the lamp', 'too-bright', lit({ mean: 0.9 })],
    ['wait for a sharp picture', 'blurred', lit({ sharpness: 2 })],
    ['turn away from the window', 'light-behind', backLit({ mean: 0.08, face: 0.01, surround: 0.6 })],
    ['hang the camera the other way', 'upside-down', posed({ roll: 175 })],
    ['be alone', 'two-people', { ...posed({}), faces: 2, secondFaceShare: 0.8 }],
  ] as const)('%s', (_, expected, frame) => {
    expect(hint(frame)).toBe(expected);
  });

  test('the most useful first: who is far away and in the dark is told to come closer', () => {
    expect(
      hint(faceFrame({ at: 0, pose: { ...FRONT, distance: 80 }, light: { ...GOOD_LIGHT, mean: 0.05 } })),
    ).toBe('too-far');
  });

  test('dark skin is neither too dark nor lit from behind, before a white wall or in a dim place', () => {
    expect(hint(backLit({ mean: 0.19, face: 0.03, surround: 0.8 }))).toBeNull();
    expect(hint(backLit({ mean: 0.22, face: 0.04, surround: 0.3 }))).toBeNull();
    expect(hint(backLit({ mean: 0.11, face: 0.012, surround: 0.1 }))).toBeNull();
  });

  test('in the order in which a person would mend them', () => {
    const everything: LandmarkFrame = {
      ...faceFrame({
        at: 0,
        pose: { ...FRONT, roll: 170, distance: 80, yaw: 14, eyes: 0.2 },
        light: { ...GOOD_LIGHT, mean: 0.05, sharpness: 1 },
      }),
      faces: 2,
      secondFaceShare: 0.8,
    };
    const alone = { ...everything, faces: 1, secondFaceShare: 0 };
    const posedAs = (pose: Partial<Pose>) => ({
      ...alone,
      points: faceFrame({ at: 0, pose: { ...FRONT, yaw: 14, eyes: 0.2, ...pose } }).points,
    });
    const inLight = { ...posedAs({}), light: { ...GOOD_LIGHT, sharpness: 1 } };
    const order = [
      everything,
      alone,
      posedAs({ distance: 80 }),
      posedAs({}),
      inLight,
      { ...inLight, points: faceFrame({ at: 0, pose: { ...FRONT, eyes: 0.2 } }).points },
      { ...inLight, points: faceFrame({ at: 0 }).points },
    ];
    expect(order.map(hint)).toEqual([
      'two-people',
      'upside-down',
      'too-far',
      'too-dark',
      'turned-away',
      'eyes-shut',
      'blurred',
    ]);
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

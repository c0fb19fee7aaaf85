import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personalBaseline } from '#domain/liveness/baseline.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals } from '#domain/liveness/signals.ts';
import { LIVENESS_REASONS } from '#domain/liveness/verdict.ts';
import { GATE, PORTRAIT_HINTS, portraitFault } from '#domain/portrait/gate.ts';
import {
  comparePortraits,
  MEASURES,
  type Measure,
  type PortraitScores,
  portraitScores,
  RANKED_MEASURES,
  sharpnessRank,
} from '#domain/portrait/scores.ts';
import { anyFrames } from '../liveness/arbitrary-frames.ts';
import { clip, emptyFrame, FRONT, faceFrame, GOOD_LIGHT, type Pose } from '../liveness/synthetic-face.ts';

function baseline() {
  const own = personalBaseline(
    clip({ from: 0, until: 1500, perSecond: 12, pose: () => FRONT }).flatMap(
      (frame) => readSignals(frame) ?? [],
    ),
  );
  if (own === null) throw new Error('no baseline');
  return own;
}
const BASELINE = baseline();

function fault(frame: LandmarkFrame, before: LandmarkFrame = faceFrame({ at: -80 })) {
  return portraitFault({ frame, before: readSignals(before), baseline: BASELINE });
}
const posed = (pose: Partial<Pose>) => faceFrame({ at: 0, pose: { ...FRONT, ...pose }, noise: 0.2 });
const lit = (light: Partial<typeof GOOD_LIGHT>) => faceFrame({ at: 0, light: { ...GOOD_LIGHT, ...light } });

/** A face of this brightness before a surround of that one, linear light. */
const before = ({ face, surround }: { readonly face: number; readonly surround: number }) => ({
  ...lit({ mean: 0.08 }),
  colour: {
    face: { red: face, green: face, blue: face },
    surround: { red: surround, green: surround, blue: surround },
  },
});

function score(frame: LandmarkFrame, measure: Measure): number {
  const scores = portraitScores({ frame, sharpnessRank: 80 });
  return scores?.[measure] ?? Number.NaN;
}

describe('the gate', () => {
  test.each([
    ['a good frame', null, posed({})],
    ['nobody', 'no-face', emptyFrame(0)],
    ['another person', 'two-people', { ...posed({}), faces: 2, secondFaceShare: 0.8 }],
    ['a small face', 'small', posed({ distance: 75 })],
    ['a head turned by 8 degrees', 'turned', posed({ yaw: 8 })],
    ['a head lowered by 8 degrees', 'tipped', posed({ pitch: FRONT.pitch - 8 })],
    ['a head tipped by 11 degrees', 'tipped', posed({ roll: 11 })],
    ['eyes half shut', 'eyes-shut', posed({ eyes: 0.6 })],
    ['one eye shut', 'eyes-shut', posed({ eyes: { right: 1, left: 0.1 } })],
    ['an open mouth', 'mouth-open', posed({ mouth: 0.3 })],
    ['darkness', 'dark', lit({ mean: 0.05 })],
    ['burnt-out skin', 'overexposed', lit({ overexposed: 0.05 })],
    ['light all over', 'bright', lit({ mean: 0.9 })],
    ['a smeared lens', 'blurred', lit({ sharpness: 1 })],
    ['a window behind', 'lit-from-behind', before({ face: 0.02, surround: 0.6 })],
    ['a chin below the picture', 'cut-off', posed({ y: -11 })],
  ] as const)('%s: %s', (_, expected, frame) => {
    expect(fault(frame)).toBe(expected);
  });

  test('90 px between the eyes are wanted, 66 will do', () => {
    const frame = posed({ distance: 56 });
    const asked = { frame, before: null, baseline: BASELINE };
    expect(portraitFault({ ...asked, eyeDistance: GATE.eyeDistance })).toBe('small');
    expect(portraitFault(asked)).toBeNull();
  });

  test('a moving head', () => {
    expect(fault(posed({ x: 2 }), faceFrame({ at: -80, pose: { ...FRONT, x: -2 } }))).toBe('moving');
  });

  test('a frame that the screen lit with a flash, and a little after it', () => {
    const flashes = [{ colour: 'violet', shownAt: 1000 }] as const;
    const at = (time: number) =>
      portraitFault({ frame: { ...posed({}), at: time }, before: null, baseline: BASELINE, flashes });
    expect([900, 1000, 1300, 1550].map(at)).toEqual([null, 'flash', 'flash', 'flash']);
    expect(at(1700)).toBeNull();
  });

  test('while the person’s own rest is not known, nothing is compared with it', () => {
    const unknown = (frame: LandmarkFrame) => portraitFault({ frame, before: null, baseline: null });
    expect(unknown(posed({ pitch: FRONT.pitch - 8 }))).toBeNull();
    expect(unknown(posed({ yaw: 8 }))).toBe('turned');
  });

  test('every hint is a reason that the screen has words for', () => {
    for (const hint of Object.values(PORTRAIT_HINTS)) {
      if (hint !== null) expect(LIVENESS_REASONS).toContain(hint);
    }
  });
});

describe('the scores', () => {
  test('of a good frame are all there, and high where the moment decides', () => {
    const scores = portraitScores({ frame: posed({}), sharpnessRank: 90 });
    expect(Object.keys(scores ?? {}).sort()).toEqual([...MEASURES].sort());
    expect(Math.min(...RANKED_MEASURES.map((measure) => scores?.[measure] ?? 0))).toBeGreaterThan(60);
  });

  test('follow the published functions', () => {
    expect(score(posed({ yaw: 30, pitch: 0 }), 'yaw')).toBeCloseTo(75, -1);
    expect(score(lit({ mean: 0.2 }), 'luminance')).toBeCloseTo(50, 0);
    expect(score(lit({ evenness: 0.5 }), 'even-light')).toBeCloseTo(81.2, 0);
    expect(score(lit({ dynamicRange: 4 }), 'dynamic-range')).toBe(50);
    expect(score(lit({ background: 0 }), 'background')).toBeCloseTo(99.7, 0);
    expect(score(lit({ background: 110 }), 'background')).toBeCloseTo(51.1, 0);
    expect(score(lit({ overexposed: 0 }), 'exposure')).toBe(100);
    expect(score(lit({ overexposed: 0.09 }), 'exposure')).toBeCloseTo(10, 0);
  });

  test('fall with what they measure', () => {
    expect(score(posed({ distance: 90 }), 'eye-distance')).toBeLessThan(score(posed({}), 'eye-distance'));
    expect(score(posed({ eyes: 0.1 }), 'eyes-open')).toBeLessThan(30);
    expect(score(posed({ mouth: 1 }), 'mouth-closed')).toBeLessThan(70);
    expect(score(posed({ x: 16 }), 'crop')).toBeLessThan(score(posed({ x: 4 }), 'crop'));
  });

  test('of the room around the head fall when it comes near to the frame’s edge', () => {
    const far = posed({ distance: 62 });
    expect(score(far, 'margins')).toBeGreaterThan(50);
    expect(score(posed({ distance: 40 }), 'margins')).toBeLessThan(30);
    expect(score(posed({ distance: 62, x: 20 }), 'margins')).toBeLessThan(score(far, 'margins'));
  });

  test('of the head’s size are those of the cut portrait, however far it was taken from', () => {
    const [far, near] = [62, 50].map((distance) => score(posed({ distance }), 'head-size'));
    expect(Math.abs((far ?? 0) - (near ?? 99))).toBeLessThan(10);
  });

  test('say nothing about light that was not measured', () => {
    const scores = portraitScores({ frame: faceFrame({ at: 0, light: null }), sharpnessRank: 0 });
    expect(scores).not.toHaveProperty('luminance');
    expect(scores).toHaveProperty('yaw');
  });

  test('are between 0 and 100 for any frame', () => {
    fc.assert(
      fc.property(anyFrames, fc.double({ min: 0, max: 100, noNaN: true }), (frames, rank) => {
        for (const frame of frames) {
          for (const value of Object.values(portraitScores({ frame, sharpnessRank: rank }) ?? {})) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(100);
          }
        }
      }),
    );
  });
});

describe('the ranking', () => {
  test('prefers the smaller weakness, then the better mean', () => {
    const best: PortraitScores = { yaw: 70, roll: 90 };
    const even: PortraitScores = { yaw: 70, roll: 75 };
    const spoilt: PortraitScores = { yaw: 100, roll: 20 };
    expect([spoilt, even, best].sort(comparePortraits)).toEqual([best, even, spoilt]);
  });

  test('leaves out what the place decides', () => {
    const before: PortraitScores = { yaw: 70, background: 90, margins: 90, 'head-size': 90 };
    const after: PortraitScores = { yaw: 80, background: 5, margins: 5, 'head-size': 5 };
    expect([before, after].sort(comparePortraits)).toEqual([after, before]);
  });

  test('ranks sharpness among the session’s frames', () => {
    const frames = [10, 20, 30, 40].map((sharpness) => lit({ sharpness }));
    expect(frames.map((frame) => sharpnessRank(frame, frames))).toEqual([25, 50, 75, 100]);
    expect(sharpnessRank(emptyFrame(0), frames)).toBe(0);
  });
});

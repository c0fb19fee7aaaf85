import { describe, expect, test } from 'vitest';
import { ACTIONS } from '#domain/liveness/action.ts';
import { cutFindings } from '#domain/liveness/checks/cuts.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { recordedTrace } from '../recorded-trace.ts';
import { acting } from '../rehearsal.ts';
import { clip, FRONT, faceFrame, type Pose } from '../synthetic-face.ts';

const HEADS = ['lin', 'mei', 'kofi', 'vera'] as const;

function cut(trace: readonly LandmarkFrame[]): number {
  return cutFindings({ trace, flashes: [] })[0]?.check.value ?? Number.NaN;
}

const filmed = (pose: (at: number) => Pose, perSecond = 12.5) =>
  clip({ from: 0, until: 6000, perSecond, pose });
/** A picture that changes at once and stays changed. */
const stepping = (after: Partial<Pose>) => filmed((at) => (at < 3000 ? FRONT : { ...FRONT, ...after }));

describe('a cut', () => {
  test.each([
    ['another place', { x: 1.2 }],
    ['another size', { distance: 40 }],
    ['another pose', { yaw: 9 }],
    ['a head held otherwise', { roll: 6 }],
    ['all a little', { x: 0.35, distance: 44, yaw: 4, roll: 2 }],
  ] as const)('to %s is found', (_, after) => {
    expect(cut(stepping(after))).toBeGreaterThan(1);
  });

  test('to another person at the same place and size is found by the shape of the face', () => {
    const frames = filmed(() => FRONT).map((frame) => (frame.at < 3000 ? frame : broader(frame)));
    expect(cut(frames)).toBeGreaterThan(1);
  });

  test('to other colours is found, a lamp that goes on is none', () => {
    const lit = (face: number, surround: number) => ({
      face: { red: face, green: face * 0.6, blue: face * 0.5 },
      surround: { red: surround, green: surround, blue: surround },
    });
    const film = (after: { face: number; surround: number }) =>
      filmed(() => FRONT).map((frame) => ({
        ...frame,
        colour: frame.at < 3000 ? lit(0.3, 0.4) : lit(after.face, after.surround),
      }));
    expect(cut(film({ face: 0.3, surround: 0.15 }))).toBeGreaterThan(1);
    expect(cut(film({ face: 0.6, surround: 0.8 }))).toBeLessThan(0.7);
  });

  test.each(HEADS)('from the recording of %s to any other head is found, wherever it is', (head) => {
    for (const other of HEADS.filter((name) => name !== head)) {
      for (const at of [11_500, 13_000, 14_200]) {
        const before = recordedTrace(`${head}-neutral`).filter((frame) => frame.at < at);
        const after = recordedTrace(`${other}-neutral`).filter((frame) => frame.at >= at);
        expect(cut(thin(undefined, [...before, ...after]))).toBeGreaterThan(2);
      }
    }
  });
});

describe('no cut', () => {
  test.each([...ACTIONS])('is seen in %s, at any rate and pace', (action) => {
    for (const perSecond of [5, 8, 12.5, 30]) {
      const moving = filmed((at) => acting(action, FRONT, at, 2000, 35), perSecond);
      expect(cut(thin(undefined, moving))).toBeLessThan(1);
    }
    for (const head of HEADS) {
      expect(cut(thin(undefined, recordedTrace(`${head}-${action}`)))).toBeLessThan(0.6);
    }
  });

  test('is seen where an honest turn lost frames', () => {
    const turning = filmed((at) => acting('turn-left', FRONT, at, 2000, 35)).filter(
      ({ at }) => at < 2050 || at > 2290,
    );
    expect(cut(turning)).toBeLessThan(1);
  });

  test('is seen in standing still, with any noise of the tracker', () => {
    const noisy = Array.from({ length: 300 }, (_, index) => faceFrame({ at: index * 80, noise: 0.8 }));
    expect(cut(noisy)).toBeLessThan(1);
  });
});

/** The same face with a broader nose and jaw. */
function broader(frame: LandmarkFrame): LandmarkFrame {
  const other = faceFrame({ at: frame.at, breadth: 1.12 });
  return { ...frame, points: other.points };
}

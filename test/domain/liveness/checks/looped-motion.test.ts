import { describe, expect, test } from 'vitest';
import { loopFindings } from '#domain/liveness/checks/looped-motion.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { recordedTrace } from '../recorded-trace.ts';
import { acting } from '../rehearsal.ts';
import { clip, FRONT, type Pose } from '../synthetic-face.ts';

function looped(trace: readonly LandmarkFrame[]): boolean {
  return loopFindings(trace).some(({ check }) => !check.passed);
}

const swaying = (at: number): Pose => ({
  ...FRONT,
  yaw: 1.5 * Math.sin(at / 430) + Math.sin(at / 1210),
  x: 0.3 * Math.sin(at / 610 + 1),
});

describe('a movement that comes again', () => {
  test.each([4000, 4710, 6033])('in a clip that plays in a loop of %i ms is found', (period) => {
    const turning = (at: number) => acting('turn-left', swaying(at % period), at % period, 1200, 30);
    expect(looped(clip({ from: 0, until: 2.5 * period, perSecond: 12.5, pose: turning }))).toBe(true);
  });

  test('in recordings that are played again, later and with other pictures, is found', () => {
    for (const name of ['lin-turn-left', 'lin-nod', 'mei-turn-right']) {
      const frames = [...recordedTrace(name, 10_000), ...recordedTrace(name, 15_631)];
      expect(looped(thin(undefined, frames))).toBe(true);
    }
  });

  test('in all recordings of a head, one after the other, is not found', () => {
    for (const head of ['lin', 'mei', 'kofi', 'vera']) {
      const names = ['turn-left', 'nod', 'open-mouth', 'smile', 'blink', 'turn-right', 'neutral'];
      const frames = names.flatMap((name, index) => recordedTrace(`${head}-${name}`, 10_000 + index * 5600));
      expect(looped(thin(undefined, frames))).toBe(false);
    }
  });

  test('is not a person who stands still for a minute, nor one who does the same twice as people do', () => {
    expect(looped(clip({ from: 0, until: 60_000, perSecond: 12.5, pose: () => FRONT }))).toBe(false);
    expect(looped(clip({ from: 0, until: 60_000, perSecond: 12.5, pose: swaying }))).toBe(false);
    for (const again of [27, 29, 30, 33]) {
      const twice = (at: number) =>
        acting('turn-left', acting('turn-left', swaying(at), at, 1000, 30), at, 5200, again);
      expect(looped(clip({ from: 0, until: 9000, perSecond: 12.5, pose: twice }))).toBe(false);
    }
  });
});

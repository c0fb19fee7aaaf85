import { describe, expect, test } from 'vitest';
import { repeatFindings } from '#domain/liveness/checks/picture-repeats.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { clip, emptyFrame, FRONT } from '../synthetic-face.ts';

const still = clip({ from: 0, until: 8000, perSecond: 12, pose: () => FRONT });

function failed(trace: readonly LandmarkFrame[]): string[] {
  return repeatFindings(trace).flatMap(({ check }) => (check.passed ? [] : [check.name]));
}

describe('pictures that come twice', () => {
  test('a person who stands as still as can be passes: the noise is never the same', () => {
    expect(failed(still)).toEqual([]);
  });

  test('one picture from before, among others, is found by its digest', () => {
    const spliced = still.map((frame, index) =>
      index === 60 ? { ...frame, digest: still[10]?.digest ?? 0 } : frame,
    );
    expect(failed(spliced)).toEqual(['pictures-again']);
  });

  test('digest 0 was not measured and says nothing', () => {
    expect(failed(still.map((frame) => ({ ...frame, digest: 0 })))).toEqual([]);
  });

  test('a picture that a driver hands over once more is forgiven, one that stands is not', () => {
    const stalled = (frames: number) =>
      still.map((frame, index) => ({
        ...frame,
        digest: still[index >= 20 && index < 20 + frames ? 20 : index]?.digest ?? 0,
      }));
    expect(failed(stalled(3))).toEqual([]);
    expect(failed(stalled(6))).toEqual(['standstill']);
  });

  test('landmarks that stand are a frozen picture, whatever noise was laid over it', () => {
    const frozen = still.map((frame, index) => ({
      ...frame,
      points: still[Math.min(index, 30)]?.points ?? null,
    }));
    expect(failed(frozen)).toEqual(['standstill']);
  });

  test('a covered lens gives the same black again and is no repeat', () => {
    const covered = still.map((frame) =>
      frame.at > 3000 && frame.at < 3600 ? { ...emptyFrame(frame.at), digest: 7 } : frame,
    );
    expect(failed(covered)).toEqual([]);
  });
});

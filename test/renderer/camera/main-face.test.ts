import { describe, expect, it } from 'vitest';
import { chooseMainFace, eyeDistance } from '#renderer/camera/main-face.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
const face = (x: number, distance: number) => syntheticFace({ size, x, y: 200, eyeDistance: distance });

describe('choosing the face of the person at the terminal', () => {
  it('finds none where there is none', () => {
    expect(chooseMainFace([], size)).toBeNull();
  });

  it('says that a person alone is alone', () => {
    const alone = face(320, 80);
    expect(chooseMainFace([alone], size)).toEqual({ main: alone, secondFaceShare: 0 });
  });

  it('takes the nearer of two, whichever the tracker names first', () => {
    const near = face(300, 90);
    const far = face(450, 45);
    for (const faces of [
      [near, far],
      [far, near],
    ]) {
      const chosen = chooseMainFace(faces, size);
      expect(chosen?.main).toBe(near);
      expect(chosen?.secondFaceShare).toBeCloseTo(0.5, 5);
    }
  });

  it('takes the central one of two who are about as near', () => {
    const central = face(320, 80);
    const aside = face(590, 88);
    const chosen = chooseMainFace([aside, central], size);
    expect(chosen?.main).toBe(central);
    expect(chosen?.secondFaceShare).toBeCloseTo(1.1, 5);
  });

  it('measures the distance between the eyes in pixels', () => {
    expect(eyeDistance(face(320, 82), size)).toBeCloseTo(82, 5);
  });
});

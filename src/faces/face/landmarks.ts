import { distanceOf, middleOf, type Point } from './point.ts';

/**
 * The 68 points of the iBUG 300-W annotation: 0-16 jaw, 17-26 brows, 27-35 nose, 36-41 and 42-47 eyes, 48-67 mouth,
 * each from the left of the picture to the right.
 */
export type Landmarks = readonly Point[];

export const LANDMARKS = 68;

export const EYES = [
  [36, 42],
  [42, 48],
] as const;
export const MOUTH = [48, 68] as const;

/** Between the middles of the eyes, pixels. */
export function eyeDistance(landmarks: Landmarks): number {
  const [one, other] = EYES.map(([from, to]) => middleOf(landmarks.slice(from, to)));
  return one && other ? distanceOf(one, other) : Number.NaN;
}

/** Which point stands in whose place when a face is seen in a mirror. */
const MIRRORED: readonly number[] = [
  16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28,
  29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59,
  58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,
];

/** Landmarks found in the mirrored picture, as they lie in the picture itself. */
export function mirrored(landmarks: Landmarks, pictureWidth: number): Landmarks {
  return MIRRORED.map((index) => {
    const { x, y } = landmarks[index] ?? { x: Number.NaN, y: Number.NaN };
    return { x: pictureWidth - x, y };
  });
}

/** Mean distance of two findings of the same points, in eye distances. */
export function disagreement(one: Landmarks, other: Landmarks): number {
  const apart = one.map((point, index) =>
    distanceOf(point, other[index] ?? { x: Number.NaN, y: Number.NaN }),
  );
  return apart.reduce((sum, each) => sum + each, 0) / apart.length / eyeDistance(one);
}

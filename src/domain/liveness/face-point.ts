import { COORDINATE_UNITS_PER_PIXEL, TRACKED_POINTS } from './landmark-frame.ts';

/** Index into MediaPipe's face mesh of a point that a frame carries. */
export type MeshIndex = (typeof TRACKED_POINTS)[number];

/** Pixels of the unmirrored camera frame: x to the image's right, y down, z towards the camera negative. */
export interface FacePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const PLACE = new Map<MeshIndex, number>(TRACKED_POINTS.map((index, place) => [index, place * 3]));

export function facePoint(points: Int16Array, index: MeshIndex): FacePoint {
  const place = PLACE.get(index) ?? 0;
  return {
    x: (points[place] ?? 0) / COORDINATE_UNITS_PER_PIXEL,
    y: (points[place + 1] ?? 0) / COORDINATE_UNITS_PER_PIXEL,
    z: (points[place + 2] ?? 0) / COORDINATE_UNITS_PER_PIXEL,
  };
}

/** Distance in the image plane, pixels. */
export function flatDistance(a: FacePoint, b: FacePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function between(a: FacePoint, b: FacePoint): FacePoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: (a.z + b.z) / 2 };
}

import { COORDINATE_UNITS_PER_PIXEL, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { Face, FrameSize } from './face.ts';

/** The tracked points of a face as integers of 1/8 pixel; z is scaled by the width, as x is. */
export function trackedPoints(face: Face, size: FrameSize): Int16Array<ArrayBuffer> {
  const points = new Int16Array(TRACKED_POINTS.length * 3);
  TRACKED_POINTS.forEach((index, i) => {
    const landmark = face[index];
    if (!landmark) return;
    points[3 * i] = toUnits(landmark.x * size.width);
    points[3 * i + 1] = toUnits(landmark.y * size.height);
    points[3 * i + 2] = toUnits(landmark.z * size.width);
  });
  return points;
}

/** A face that is partly outside the frame has landmarks there; they stay what they are as far as 16 bits go. */
function toUnits(pixels: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(pixels * COORDINATE_UNITS_PER_PIXEL)));
}

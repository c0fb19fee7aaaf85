import { eyeDistance, type Face, type FrameSize } from './face.ts';

/** A rectangle of a frame, in whole pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/* Token portrait of ICAO Doc 9303 and ISO/IEC 39794-5: aspect 0.74 to 0.80, head width 50 to 75 % of the picture's
 * width, eye line 30 to 50 % below its top. We aim at the middle of each. */
const ASPECT = 0.77;
const HEAD_SHARE = 0.6;
const EYE_LINE = 0.4;

const RIGHT_IRIS = 468;
const LEFT_IRIS = 473;
const RIGHT_SIDE = 234;
const LEFT_SIDE = 454;

/** Where to cut the portrait out of a frame; moved and made smaller as far as needed to stay inside it. */
export function portraitCrop(face: Face, size: FrameSize): Crop | null {
  const [rightEye, leftEye, right, left] = [RIGHT_IRIS, LEFT_IRIS, RIGHT_SIDE, LEFT_SIDE].map((i) => face[i]);
  if (!rightEye || !leftEye || !right || !left || eyeDistance(face, size) <= 0) return null;
  const headWidth = Math.hypot((left.x - right.x) * size.width, (left.y - right.y) * size.height);
  const wanted = headWidth / HEAD_SHARE;
  const width = Math.floor(Math.min(wanted, size.width, size.height * ASPECT));
  const height = Math.floor(width / ASPECT);
  if (width < 1 || height < 1) return null;
  const centre = ((left.x + right.x) / 2) * size.width;
  const eyeLine = ((leftEye.y + rightEye.y) / 2) * size.height;
  return {
    x: inside(centre - width / 2, size.width - width),
    y: inside(eyeLine - EYE_LINE * height, size.height - height),
    width,
    height,
  };
}

function inside(value: number, largest: number): number {
  return Math.round(Math.max(0, Math.min(largest, value)));
}

import { between, facePoint, flatDistance } from '#domain/liveness/face-point.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';

/** A rectangle of a frame, pixels. */
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

/** The portrait's rectangle as it should be; it may hang over the frame. Null without a face. */
function wantedCrop({ points, width: frameWidth }: LandmarkFrame): Crop | null {
  if (points === null) return null;
  const [right, left] = [facePoint(points, 234), facePoint(points, 454)];
  const headWidth = flatDistance(right, left);
  if (headWidth < 1 || headWidth > 2 * frameWidth) return null;
  const eyes = between(facePoint(points, 468), facePoint(points, 473));
  const width = headWidth / HEAD_SHARE;
  const height = width / ASPECT;
  return { x: (left.x + right.x) / 2 - width / 2, y: eyes.y - EYE_LINE * height, width, height };
}

/** Where to cut the portrait out of a frame, in whole pixels; moved and made smaller as far as needed to stay inside. */
export function portraitCrop(frame: LandmarkFrame): Crop | null {
  const wanted = wantedCrop(frame);
  if (wanted === null) return null;
  const width = Math.floor(Math.min(wanted.width, frame.width, frame.height * ASPECT));
  const height = Math.floor(width / ASPECT);
  if (width < 1 || height < 1) return null;
  const eyeLine = wanted.y + EYE_LINE * wanted.height;
  return {
    x: inside(wanted.x + (wanted.width - width) / 2, frame.width - width),
    y: inside(eyeLine - EYE_LINE * height, frame.height - height),
    width,
    height,
  };
}

/** How much of the portrait's rectangle the frame holds, 0 to 1. */
export function cropShare(frame: LandmarkFrame): number {
  const wanted = wantedCrop(frame);
  if (wanted === null) return 0;
  const seen = (from: number, length: number, room: number): number =>
    Math.max(0, Math.min(from + length, room) - Math.max(from, 0)) / length;
  return Math.min(1, seen(wanted.x, wanted.width, frame.width) * seen(wanted.y, wanted.height, frame.height));
}

function inside(value: number, largest: number): number {
  return Math.round(Math.max(0, Math.min(largest, value)));
}

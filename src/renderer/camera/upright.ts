import type { PictureCrop, Rotation } from '#contract/camera-profile.ts';

/** What is made of a camera's picture before anybody looks at it. Never mirrored: left stays left. */
export interface UprightView {
  readonly rotation: Rotation;
  readonly crop: PictureCrop | null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How to draw a camera's picture so that it comes out upright, cut and scaled down. */
export interface UprightPlan extends Size {
  /** For `setTransform`: takes the camera's pixels (x, y) to (a·x + c·y + e, b·x + d·y + f). */
  readonly matrix: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
}

/** True when the camera's picture is used as it comes. */
export function isPlain(view: UprightView): boolean {
  return view.rotation === 0 && view.crop === null;
}

/** The upright picture has at most about `mostPixels` and is never enlarged. */
export function uprightPlan(options: {
  readonly camera: Size;
  readonly view: UprightView;
  readonly mostPixels: number;
}): UprightPlan {
  const { camera, view, mostPixels } = options;
  const turned = turn(camera, view.rotation);
  const { left, top, width, height } = view.crop ?? { left: 0, top: 0, width: 1, height: 1 };
  const cut = { width: width * turned.width, height: height * turned.height };
  const scale = Math.min(1, Math.sqrt(mostPixels / (cut.width * cut.height)));
  const [a, b, c, d, e, f] = turned.matrix;
  return {
    width: Math.round(cut.width * scale),
    height: Math.round(cut.height * scale),
    matrix: [
      scale * a,
      scale * b,
      scale * c,
      scale * d,
      scale * (e - left * turned.width),
      scale * (f - top * turned.height),
    ],
  };
}

/** The upright picture's size, and where each of the camera's pixels lies in it. */
function turn({ width, height }: Size, rotation: Rotation): UprightPlan {
  switch (rotation) {
    case 0:
      return { width, height, matrix: [1, 0, 0, 1, 0, 0] };
    case 90:
      return { width: height, height: width, matrix: [0, 1, -1, 0, height, 0] };
    case 180:
      return { width, height, matrix: [-1, 0, 0, -1, width, height] };
    case 270:
      return { width: height, height: width, matrix: [0, -1, 1, 0, 0, width] };
  }
}

/**
 * The crop as insets of the camera's own picture, which is how a style sheet cuts a video: shares from its top, right,
 * bottom and left.
 */
export function cameraInsets({ rotation, crop }: UprightView): readonly [number, number, number, number] {
  if (crop === null) return [0, 0, 0, 0];
  const { left, top } = crop;
  const right = 1 - left - crop.width;
  const bottom = 1 - top - crop.height;
  // A side of the upright picture was, before it was turned clockwise, the one that lies so many quarters back.
  switch (rotation) {
    case 0:
      return [top, right, bottom, left];
    case 90:
      return [right, bottom, left, top];
    case 180:
      return [bottom, left, top, right];
    case 270:
      return [left, top, right, bottom];
  }
}

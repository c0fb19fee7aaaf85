import type { Face, FrameSize } from './face.ts';

/** A rectangle of a frame in pixels; it may hang over the frame's edges. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Chin, top of the forehead and both sides: the ends of the face. */
const OUTLINE = [10, 152, 234, 454] as const;
/** Hair and ears lie outside of the mesh: shares of the face's width and height. */
const BESIDE = 0.18;
const ABOVE = 0.25;

/** Around the face as the mesh has it; null without an outline or with numbers that are none. */
export function faceBox(face: Face, size: FrameSize): FaceBox | null {
  const outline = OUTLINE.flatMap((index) => face[index] ?? []);
  const xs = outline.map(({ x }) => x * size.width);
  const ys = outline.map(({ y }) => y * size.height);
  const box = {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
  const sound = Object.values(box).every(Number.isFinite) && box.right > box.left && box.bottom > box.top;
  return sound ? box : null;
}

/** With hair and ears, down to the chin. */
export function headBox(face: Face, size: FrameSize): FaceBox | null {
  const box = faceBox(face, size);
  if (!box) return null;
  const beside = BESIDE * (box.right - box.left);
  return {
    left: box.left - beside,
    top: box.top - ABOVE * (box.bottom - box.top),
    right: box.right + beside,
    bottom: box.bottom,
  };
}

/** A normalised landmark as MediaPipe gives it: x and y as shares of the frame, z on the scale of x. */
export interface Landmark {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}
export type Face = readonly Landmark[];

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

const RIGHT_IRIS = 468;
const LEFT_IRIS = 473;

/** Distance between the irises, in pixels. */
export function eyeDistance(face: Face, size: FrameSize): number {
  const right = face[RIGHT_IRIS];
  const left = face[LEFT_IRIS];
  if (!right || !left) return 0;
  return Math.hypot(
    (left.x - right.x) * size.width,
    (left.y - right.y) * size.height,
    (left.z - right.z) * size.width,
  );
}

/** The middle between the irises, in pixels. */
export function eyeMiddle(face: Face, size: FrameSize): { readonly x: number; readonly y: number } | null {
  const right = face[RIGHT_IRIS];
  const left = face[LEFT_IRIS];
  if (!right || !left) return null;
  return { x: ((right.x + left.x) / 2) * size.width, y: ((right.y + left.y) / 2) * size.height };
}

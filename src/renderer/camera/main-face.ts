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
const NOSE_BRIDGE = 6;

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

/**
 * The person at the terminal is the nearest one who stands before it. MediaPipe's order says nothing about either, so
 * the face with the largest eye distance wins, and a face at the frame's edge counts for half of one in the middle.
 */
export function chooseMainFace(
  faces: readonly Face[],
  size: FrameSize,
): { readonly main: Face; readonly secondFaceShare: number } | null {
  const ranked = faces
    .map((face) => ({ face, distance: eyeDistance(face, size) }))
    .map(({ face, distance }) => ({ face, distance, weight: distance * centrality(face) }))
    .toSorted((a, b) => b.weight - a.weight);
  const [first, second] = ranked;
  if (!first) return null;
  const share = second && first.distance > 0 ? Math.min(10, second.distance / first.distance) : 0;
  return { main: first.face, secondFaceShare: share };
}

function centrality(face: Face): number {
  const bridge = face[NOSE_BRIDGE];
  if (!bridge) return 0;
  return 1 - Math.min(0.5, Math.hypot(bridge.x - 0.5, bridge.y - 0.5));
}

import { eyeDistance, eyeMiddle, type Face, type FrameSize } from './face.ts';

/** A face that the detector found: its box in pixels, and the middle between its eyes. */
export interface Detection {
  readonly box: Box;
  readonly eyes: { readonly x: number; readonly y: number };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PeopleInView {
  /** The tracked face and all others. */
  readonly faces: number;
  /** Size of the largest other face, in units of the tracked one; 0 to 10. */
  readonly secondFaceShare: number;
  /** Where the tracked face is, when someone else is the person at the terminal; otherwise null. */
  readonly lookPast: Box | null;
}

/**
 * Width of the detector's box in eye distances of the same face, measured on the rendered heads side by side.
 * A box, unlike the eyes, keeps its width when a head is turned.
 */
const BOX_PER_EYE_DISTANCE = 2.33;
/** A detection whose eyes lie within this of the tracked face's eyes is that face. */
const SAME_FACE = 1;
/** So much more weight has somebody who takes the tracker over: two who are about as near do not take turns. */
const CLEARLY_NEARER = 1.15;
const MOST = 10;

/**
 * Who else is there. The tracker follows one face, the first that it found; the detector sees all of them a few times
 * a second. The person at the terminal is the nearest one who stands before it, and a face at the frame's edge counts
 * for half of one in the middle.
 */
export function peopleInView(view: {
  readonly tracked: Face;
  readonly detections: readonly Detection[];
  readonly size: FrameSize;
}): PeopleInView {
  const { tracked, detections, size } = view;
  const own = eyeDistance(tracked, size);
  const at = eyeMiddle(tracked, size);
  if (!at || own <= 0) return { faces: 1, secondFaceShare: 0, lookPast: null };
  const others = detections
    .filter(({ eyes }) => Math.hypot(eyes.x - at.x, eyes.y - at.y) > SAME_FACE * own)
    .map(({ box, eyes }) => ({ distance: box.width / BOX_PER_EYE_DISTANCE, eyes }));
  const largest = Math.max(0, ...others.map(({ distance }) => distance));
  const heaviest = Math.max(0, ...others.map(({ distance, eyes }) => distance * centrality(eyes, size)));
  const overtaken = heaviest > CLEARLY_NEARER * own * centrality(at, size);
  return {
    faces: 1 + others.length,
    secondFaceShare: Math.min(MOST, largest / own),
    lookPast: overtaken ? boxAround(tracked, size) : null,
  };
}

function centrality(at: { readonly x: number; readonly y: number }, size: FrameSize): number {
  return 1 - Math.min(0.5, Math.hypot(at.x / size.width - 0.5, at.y / size.height - 0.5));
}

function boxAround(face: Face, size: FrameSize): Box {
  const xs = face.map(({ x }) => x * size.width);
  const ys = face.map(({ y }) => y * size.height);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

import type { FlashRecord } from '../evidence.ts';
import { facePoint, flatDistance, type MeshIndex } from '../face-point.ts';
import { FLASH_MS } from '../flash-colour.ts';
import type { Colour, LandmarkFrame } from '../landmark-frame.ts';
import { readSignals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding } from './finding.ts';

/**
 * Whether the picture was cut: a change from one kept frame to the next that no head makes in that time, because it was
 * at rest before and is at rest after. A head needs some 250 ms for any movement, so at 80 ms a frame every real movement
 * shows in the frames on both sides; of each change 1.5 times the changes next to it are taken off, and what remains of
 * place, size, pose, shape and colour is added up as shares of its limit. 1 is a cut.
 *
 * Only where four frames came close together: after dropped frames an honest movement looks like a step too, and a smile
 * changes the shape as much as another face. Cuts behind a gap are left to the jump, the face's size and the comparison
 * of embeddings; cuts of one face from pose to like pose to the repeated pictures and the flashes.
 */
export function cutFindings({
  trace,
  flashes,
}: {
  readonly trace: readonly LandmarkFrame[];
  readonly flashes: readonly FlashRecord[];
}): Finding[] {
  const looks = trace.flatMap((frame) => lookOf(frame) ?? []);
  let worst = 0;
  for (let index = 2; index + 1 < looks.length; index += 1) {
    const [a, b, c, d] = [looks[index - 2], looks[index - 1], looks[index], looks[index + 1]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    if (Math.max(b.at - a.at, c.at - b.at, d.at - c.at) > THRESHOLDS.cutInterval.value) continue;
    const lit = isLit(flashes, b.at) || isLit(flashes, d.at);
    worst = Math.max(worst, cutScore([change(a, b), change(b, c), change(c, d)], lit));
  }
  return [atMost({ name: 'cut', value: worst, threshold: 1, reason: 'face-changed' })];
}

/** What a frame shows of a face, in terms that stay when a head turns a little. */
interface Look {
  readonly at: number;
  readonly eyeDistance: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly shape: readonly number[];
  /** Logarithms of the face's channels over the surround's; a lamp that goes on changes both. */
  readonly colour: readonly number[] | null;
}

const LIMITS = {
  place: THRESHOLDS.cutPlace.value,
  size: THRESHOLDS.cutSize.value,
  angle: THRESHOLDS.cutAngle.value,
  roll: THRESHOLDS.cutRoll.value,
  shape: THRESHOLDS.cutShape.value,
  colour: THRESHOLDS.cutColour.value,
} as const;
type Change = Readonly<Record<keyof typeof LIMITS, number>>;
const KINDS = Object.keys(LIMITS) as readonly (keyof typeof LIMITS)[];

/** Frames hold still: their looks are read once, as with their signals. */
const READ = new WeakMap<LandmarkFrame, Look | null>();

/** Points that lids, lips and jaw do not move. */
const RIGID: readonly MeshIndex[] = [
  127, 356, 168, 6, 197, 195, 5, 4, 1, 98, 327, 70, 300, 151, 9, 8, 10, 109, 338, 50, 280, 132, 361,
];
/** Widths and heights of brow, nose, cheeks, jaw and forehead, each over the distance of the temples (127 to 356). */
const SHAPE: readonly (readonly [MeshIndex, MeshIndex])[] = [
  [70, 300],
  [98, 327],
  [50, 280],
  [132, 361],
  [168, 4],
  [117, 346],
  [10, 168],
];

function lookOf(frame: LandmarkFrame): Look | null {
  const known = READ.get(frame);
  if (known !== undefined) return known;
  const look = measure(frame);
  READ.set(frame, look);
  return look;
}

function measure(frame: LandmarkFrame): Look | null {
  const signals = readSignals(frame);
  const { points, colour } = frame;
  if (signals === null || points === null) return null;
  const spots = RIGID.map((index) => facePoint(points, index));
  const x = spots.reduce((sum, spot) => sum + spot.x, 0) / spots.length;
  const y = spots.reduce((sum, spot) => sum + spot.y, 0) / spots.length;
  const spread = Math.sqrt(
    spots.reduce((sum, spot) => sum + (spot.x - x) ** 2 + (spot.y - y) ** 2, 0) / spots.length,
  );
  const temples = flatDistance(facePoint(points, 127), facePoint(points, 356));
  return {
    at: frame.at,
    eyeDistance: Math.max(1, signals.faceHeight / EYE_DISTANCES_PER_FACE_HEIGHT),
    x,
    y,
    size: logarithm(spread),
    yaw: signals.yaw,
    pitch: signals.pitch,
    roll: signals.roll,
    shape: SHAPE.map(([from, to]) =>
      logarithm(flatDistance(facePoint(points, from), facePoint(points, to)) / Math.max(1, temples)),
    ),
    colour: colour === null ? null : relativeColour(colour.face, colour.surround),
  };
}

/** Forehead to chin over the distance between the eyes, in the mesh's own model: a turn shortens only the latter. */
const EYE_DISTANCES_PER_FACE_HEIGHT = 2.8;
/** Darker than this is noise. */
const LEAST_LIGHT = 0.01;

function relativeColour(face: Colour, surround: Colour): number[] {
  return (['red', 'green', 'blue'] as const).map((channel) =>
    Math.log((face[channel] + LEAST_LIGHT) / (surround[channel] + LEAST_LIGHT)),
  );
}

function logarithm(value: number): number {
  return Math.log(Math.max(1e-3, value));
}

function change(before: Look, after: Look): Change {
  return {
    place:
      Math.hypot(after.x - before.x, after.y - before.y) / Math.max(before.eyeDistance, after.eyeDistance),
    size: Math.abs(after.size - before.size),
    angle: Math.hypot(after.yaw - before.yaw, after.pitch - before.pitch),
    roll: Math.abs(((after.roll - before.roll + 540) % 360) - 180),
    shape: rootMeanSquare(before.shape, after.shape),
    colour: before.colour === null || after.colour === null ? 0 : rootMeanSquare(before.colour, after.colour),
  };
}

function rootMeanSquare(a: readonly number[], b: readonly number[]): number {
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? value)) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, a.length));
}

/** How much of the movement next to a change is taken off it. */
const NEIGHBOURS_SHARE = 1.5;

function cutScore([before, now, after]: readonly [Change, Change, Change], lit: boolean): number {
  // A head that moves before a bright window has another surround in each frame.
  const moves = now.place > LIMITS.place || now.angle > LIMITS.angle;
  const squares = KINDS.reduce((sum, kind) => {
    if ((lit || moves) && kind === 'colour') return sum;
    const alone = Math.max(0, now[kind] - NEIGHBOURS_SHARE * (before[kind] + after[kind]));
    return sum + (alone / LIMITS[kind]) ** 2;
  }, 0);
  return Math.sqrt(squares);
}

/** A camera's exposure follows a flash for about a second. */
const EXPOSURE_FOLLOWS_MS = 1000;

function isLit(flashes: readonly FlashRecord[], at: number): boolean {
  return flashes.some(({ shownAt }) => at >= shownAt && at <= shownAt + FLASH_MS + EXPOSURE_FOLLOWS_MS);
}

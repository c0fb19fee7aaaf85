import { between, type FacePoint, facePoint, flatDistance, type MeshIndex } from './face-point.ts';
import type { LandmarkFrame } from './landmark-frame.ts';

/** What one frame's landmarks say about a face. Left and right are the citizen's own. */
export interface Signals {
  /** Capture time, ms. */
  readonly at: number;
  /** Eye aspect ratio, about 0.3 open and 0.03 shut. */
  readonly rightEye: number;
  readonly leftEye: number;
  /** Degrees; positive when the citizen turns to their own left. */
  readonly yaw: number;
  /** Degrees; positive when the citizen looks up. */
  readonly pitch: number;
  /** Degrees; positive when the head tips to the citizen's own left. */
  readonly roll: number;
  /** Mouth aspect ratio, about 0.05 shut and 0.8 wide open. */
  readonly mouth: number;
  /** Distance of the mouth's outer corners over that of the eyes' outer corners, about 0.53 at rest; a smile widens it. */
  readonly smile: number;
  /** Between the iris centres as seen, pixels. */
  readonly eyeDistance: number;
  /** Forehead to chin as seen, pixels; a turn does not shorten it. */
  readonly faceHeight: number;
  /** Middle of the head's frame, pixels. */
  readonly centre: { readonly x: number; readonly y: number };
}

/** Corner, two upper lid points, corner, two lower lid points: p1 to p6 of Soukupová and Čech. */
const RIGHT_EYE = [33, 160, 158, 133, 153, 144] as const;
const LEFT_EYE = [362, 385, 387, 263, 373, 380] as const;
/** Below this a face is not one that could be judged, and ratios would divide by nothing. */
const LEAST_EYE_DISTANCE = 4;

/**
 * Reads a frame's signals; null without a face, or with points that no face has.
 *
 * - Eyes: EAR = (|p2-p6| + |p3-p5|) / (2 |p1-p4|), Soukupová and Čech, "Real-Time Eye Blink Detection using Facial
 *   Landmarks", 2016.
 * - Yaw and roll: direction of the vector from the right to the left side of the head (234 to 454); pitch: of the
 *   vector from chin to forehead (152 to 10). The vectors span the whole head, so one point's noise moves them little.
 *   Yaw and pitch are taken against the vector's length in the picture, so that a head that tips, or stands on its
 *   head, keeps them.
 * - Mouth: inner lips' opening (13 to 14) over the inner corners' distance (78 to 308).
 * - Smile: the mouth's outer corners' distance (61 to 291) over the eyes' (33 to 263). Both pairs lie about as deep in
 *   the head, so a turn shortens both alike (rendered heads turned by 35 degrees move the share by 4 %, of the face's
 *   height by 17 %), and a nod neither.
 */
export function readSignals(frame: LandmarkFrame): Signals | null {
  const known = READ.get(frame);
  if (known !== undefined) return known;
  const signals = measure(frame);
  READ.set(frame, signals);
  return signals;
}

/** Frames never change, and a try looks at each of them with every batch that arrives: reading once is 20 times less work. */
const READ = new WeakMap<LandmarkFrame, Signals | null>();

function measure(frame: LandmarkFrame): Signals | null {
  if (frame.points === null || frame.faces === 0) return null;
  const { points } = frame;
  const at = (index: MeshIndex): FacePoint => facePoint(points, index);
  const eyeDistance = flatDistance(at(468), at(473));
  const right = at(234);
  const left = at(454);
  const forehead = at(10);
  const chin = at(152);
  const middle = between(between(right, left), between(forehead, chin));
  const signals: Signals = {
    at: frame.at,
    rightEye: eyeAspectRatio(RIGHT_EYE.map(at)),
    leftEye: eyeAspectRatio(LEFT_EYE.map(at)),
    yaw: degrees(left.z - right.z, flatDistance(left, right)),
    roll: degrees(left.y - right.y, left.x - right.x),
    pitch: degrees(forehead.z - chin.z, flatDistance(forehead, chin)),
    mouth: flatDistance(at(13), at(14)) / flatDistance(at(78), at(308)),
    smile: flatDistance(at(61), at(291)) / flatDistance(at(33), at(263)),
    eyeDistance,
    faceHeight: flatDistance(forehead, chin),
    centre: { x: middle.x, y: middle.y },
  };
  const sound =
    eyeDistance >= LEAST_EYE_DISTANCE &&
    [signals.rightEye, signals.leftEye, signals.mouth, signals.smile].every((ratio) =>
      Number.isFinite(ratio),
    );
  return sound ? signals : null;
}

function eyeAspectRatio(points: readonly FacePoint[]): number {
  const [p1, p2, p3, p4, p5, p6] = points;
  if (!p1 || !p2 || !p3 || !p4 || !p5 || !p6) return Number.NaN;
  return (flatDistance(p2, p6) + flatDistance(p3, p5)) / (2 * flatDistance(p1, p4));
}

function degrees(opposite: number, adjacent: number): number {
  return (Math.atan2(opposite, adjacent) * 180) / Math.PI;
}

/** Time constants of the smoothing, ms. Lids are fast: a blink's closure may last 80 ms only. */
const SMOOTHING = { eyes: 15, head: 50 } as const;
/** After a pause this long the past says nothing about the present. */
const FORGET_AFTER = 500;

/**
 * Exponential smoothing over capture time, not over frame counts: the weight of the past is exp(-dt / constant), so 5
 * and 30 frames a second give the same curve.
 */
export function smoothSignals(signals: readonly Signals[]): Signals[] {
  const smoothed: Signals[] = [];
  for (const raw of signals) {
    const past = smoothed.at(-1);
    smoothed.push(past === undefined || raw.at - past.at > FORGET_AFTER ? raw : blend(past, raw));
  }
  return smoothed;
}

function blend(past: Signals, raw: Signals): Signals {
  const elapsed = raw.at - past.at;
  const eyes = Math.exp(-elapsed / SMOOTHING.eyes);
  const head = Math.exp(-elapsed / SMOOTHING.head);
  const mix = (
    key: 'yaw' | 'pitch' | 'roll' | 'mouth' | 'smile' | 'rightEye' | 'leftEye',
    weight: number,
  ): number => past[key] * weight + raw[key] * (1 - weight);
  return {
    ...raw,
    rightEye: mix('rightEye', eyes),
    leftEye: mix('leftEye', eyes),
    yaw: mix('yaw', head),
    pitch: mix('pitch', head),
    roll: mix('roll', head),
    mouth: mix('mouth', head),
    smile: mix('smile', head),
  };
}

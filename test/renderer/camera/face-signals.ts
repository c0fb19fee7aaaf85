import { TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { RecordedFrame } from './record-trace.ts';

/** Plain signals of a frame, computed here on their own so that the product's judge is not asked about itself. */
export interface FaceSignals {
  /** Mean eye aspect ratio (Soukupova and Cech 2016): about 0.25 open, below 0.15 shut. */
  readonly eyes: number;
  /** Degrees, positive to the person's own left. */
  readonly yaw: number;
  /** Degrees, positive upwards. */
  readonly pitch: number;
  /** From one outer corner to the other, over the distance of the eyes' outer corners. */
  readonly mouthWidth: number;
  /** Inner lips' gap over the mouth's width. */
  readonly mouth: number;
}

export function faceSignals(frame: RecordedFrame): FaceSignals | null {
  if (frame.points === null) return null;
  const bytes = Buffer.from(frame.points, 'base64');
  const point = (index: number) => {
    const at = 6 * (TRACKED_POINTS as readonly number[]).indexOf(index);
    return { x: bytes.readInt16LE(at), y: bytes.readInt16LE(at + 2), z: bytes.readInt16LE(at + 4) };
  };
  const gap = (from: number, to: number) => {
    const [a, b] = [point(from), point(to)];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  const right = (gap(160, 144) + gap(158, 153)) / (2 * gap(33, 133));
  const left = (gap(385, 380) + gap(387, 373)) / (2 * gap(362, 263));
  const [rightSide, leftSide] = [point(234), point(454)];
  const [forehead, chin] = [point(10), point(152)];
  return {
    eyes: (right + left) / 2,
    yaw: (Math.atan2(leftSide.z - rightSide.z, leftSide.x - rightSide.x) * 180) / Math.PI,
    pitch: (Math.atan2(forehead.z - chin.z, chin.y - forehead.y) * 180) / Math.PI,
    mouthWidth: gap(61, 291) / gap(33, 263),
    mouth: gap(13, 14) / gap(78, 308),
  };
}

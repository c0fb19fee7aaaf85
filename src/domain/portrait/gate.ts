import type { Baseline } from '#domain/liveness/baseline.ts';
import { frontalEyeDistance, hasSecondFace } from '#domain/liveness/hints.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals, type Signals } from '#domain/liveness/signals.ts';
import { isStill } from '#domain/liveness/stillness.ts';
import type { LivenessReason } from '#domain/liveness/verdict.ts';

/** What keeps a frame from being a portrait. */
export type PortraitFault =
  | 'no-face'
  | 'two-people'
  | 'small'
  | 'turned'
  | 'tipped'
  | 'eyes-shut'
  | 'mouth-open'
  | 'dark'
  | 'overexposed'
  | 'moving';

/** What to tell the citizen; null where "look straight and hold still", which the screen says anyway, is all. */
export const PORTRAIT_HINTS: Readonly<Record<PortraitFault, LivenessReason | null>> = {
  'no-face': 'no-face',
  'two-people': 'two-people',
  small: 'too-far',
  turned: 'turned-away',
  tipped: 'turned-away',
  'eyes-shut': 'eyes-shut',
  'mouth-open': null,
  dark: 'too-dark',
  overexposed: 'too-bright',
  moving: null,
};

/**
 * ISO/IEC 29794-5 measures below which a registry would not print the picture. Angles in degrees.
 *
 * 90 px between the eyes are wanted. On frames of 640x480 an ordinary webcam shows that from 40 cm only, so whoever does
 * not come that close is not turned away: after a while {@link GATE.eyeDistanceLeast} will do, and the score tells.
 */
export const GATE = {
  eyeDistance: 90,
  eyeDistanceLeast: 66,
  yaw: 5,
  pitchFromOwn: 5,
  roll: 8,
  eyesOfOwn: 0.85,
  mouth: 0.12,
  dark: 0.12,
  overexposed: 0.02,
} as const;

/** Null when the frame may become the portrait. `before` is the signals of the frame before, for motion. */
export function portraitFault({
  frame,
  before,
  baseline,
  eyeDistance = GATE.eyeDistanceLeast,
}: {
  readonly frame: LandmarkFrame;
  readonly before: Signals | null;
  readonly baseline: Baseline;
  /** Pixels between the eyes that are asked for. */
  readonly eyeDistance?: number;
}): PortraitFault | null {
  const signals = readSignals(frame);
  if (signals === null) return 'no-face';
  if (hasSecondFace(frame)) return 'two-people';
  if (frontalEyeDistance(signals) < eyeDistance) return 'small';
  if (Math.abs(signals.yaw) > GATE.yaw) return 'turned';
  if (Math.abs(signals.pitch - baseline.pitch) > GATE.pitchFromOwn) return 'tipped';
  if (Math.abs(signals.roll) > GATE.roll) return 'tipped';
  const openness = Math.min(signals.rightEye / baseline.rightEye, signals.leftEye / baseline.leftEye);
  if (openness < GATE.eyesOfOwn) return 'eyes-shut';
  if (signals.mouth >= GATE.mouth) return 'mouth-open';
  if (frame.light !== null && frame.light.mean < GATE.dark) return 'dark';
  if (frame.light !== null && frame.light.overexposed >= GATE.overexposed) return 'overexposed';
  return isStill(before, signals) ? null : 'moving';
}

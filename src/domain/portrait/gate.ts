import type { Baseline } from '#domain/liveness/baseline.ts';
import type { FlashRecord } from '#domain/liveness/evidence.ts';
import { facePoint, type MeshIndex } from '#domain/liveness/face-point.ts';
import { FLASH_MS } from '#domain/liveness/flash-colour.ts';
import { frontalEyeDistance, hasSecondFace, isLitFromBehind } from '#domain/liveness/hints.ts';
import type { FaceLight, LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals, type Signals } from '#domain/liveness/signals.ts';
import { isStill } from '#domain/liveness/stillness.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';
import type { LivenessReason } from '#domain/liveness/verdict.ts';

/** What keeps a frame from being a portrait. */
export type PortraitFault =
  | 'no-face'
  | 'two-people'
  | 'small'
  | 'cut-off'
  | 'turned'
  | 'tipped'
  | 'eyes-shut'
  | 'mouth-open'
  | 'dark'
  | 'lit-from-behind'
  | 'bright'
  | 'overexposed'
  | 'blurred'
  | 'moving'
  | 'flash';

/** What to tell the citizen; null where "look straight and hold still", which the screen says anyway, is all. */
export const PORTRAIT_HINTS: Readonly<Record<PortraitFault, LivenessReason | null>> = {
  'no-face': 'no-face',
  'two-people': 'two-people',
  small: 'too-far',
  'cut-off': 'too-close',
  turned: 'turned-away',
  tipped: 'turned-away',
  'eyes-shut': 'eyes-shut',
  'mouth-open': null,
  dark: 'too-dark',
  'lit-from-behind': 'light-behind',
  bright: 'too-bright',
  overexposed: 'too-bright',
  blurred: 'blurred',
  moving: null,
  flash: null,
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
  dark: THRESHOLDS.dark.value,
  bright: THRESHOLDS.bright.value,
  overexposed: 0.02,
  sharpness: THRESHOLDS.sharpness.value,
} as const;

/** A camera shows a colour some time after the screen does, and its exposure settles after the last one, ms. */
const AFTERGLOW_MS = 250;

/** Forehead, chin and both sides: a picture that lacks one of them is none of a whole head. */
const OUTLINE: readonly MeshIndex[] = [10, 152, 234, 454];

/**
 * Null when the frame may become the portrait; otherwise the first fault in the order in which a person would mend
 * them. `before` is the signals of the frame before, for motion.
 */
export function portraitFault({
  frame,
  before,
  baseline,
  flashes = [],
  eyeDistance = GATE.eyeDistanceLeast,
}: {
  readonly frame: LandmarkFrame;
  readonly before: Signals | null;
  /** Null while it is not known: then nothing is compared with the person's own. */
  readonly baseline: Baseline | null;
  readonly flashes?: readonly FlashRecord[];
  /** Pixels between the eyes that are asked for. */
  readonly eyeDistance?: number;
}): PortraitFault | null {
  const signals = readSignals(frame);
  if (signals === null) return 'no-face';
  if (hasSecondFace(frame)) return 'two-people';
  if (frontalEyeDistance(signals) < eyeDistance) return 'small';
  if (!holdsHead(frame)) return 'cut-off';
  if (Math.abs(signals.yaw) > GATE.yaw) return 'turned';
  if (Math.abs(signals.roll) > GATE.roll) return 'tipped';
  const own = baseline === null ? null : faultFromOwn(signals, baseline);
  if (own !== null) return own;
  if (signals.mouth >= GATE.mouth) return 'mouth-open';
  const light = frame.light === null ? null : lightFault(frame, frame.light);
  if (light !== null) return light;
  if (flashes.some(({ shownAt }) => isWithin(frame.at - shownAt, FLASH_MS + AFTERGLOW_MS))) return 'flash';
  return isStill(before, signals) ? null : 'moving';
}

function holdsHead({ points, width, height }: LandmarkFrame): boolean {
  if (points === null) return false;
  return OUTLINE.every((index) => {
    const { x, y } = facePoint(points, index);
    return isWithin(x, width) && isWithin(y, height);
  });
}

function faultFromOwn(signals: Signals, baseline: Baseline): PortraitFault | null {
  if (Math.abs(signals.pitch - baseline.pitch) > GATE.pitchFromOwn) return 'tipped';
  const openness = Math.min(signals.rightEye / baseline.rightEye, signals.leftEye / baseline.leftEye);
  return openness < GATE.eyesOfOwn ? 'eyes-shut' : null;
}

function lightFault(frame: LandmarkFrame, light: FaceLight): PortraitFault | null {
  if (isLitFromBehind(frame)) return 'lit-from-behind';
  if (light.mean < GATE.dark) return 'dark';
  if (light.mean > GATE.bright) return 'bright';
  if (light.overexposed >= GATE.overexposed) return 'overexposed';
  return light.sharpness < GATE.sharpness ? 'blurred' : null;
}

function isWithin(value: number, most: number): boolean {
  return value >= 0 && value <= most;
}

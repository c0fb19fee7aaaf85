import { facePoint } from './face-point.ts';
import type { Colour, LandmarkFrame } from './landmark-frame.ts';
import type { Signals } from './signals.ts';
import { THRESHOLDS } from './thresholds.ts';
import type { LivenessReason } from './verdict.ts';

/** The head's frame: crown side, chin, both sides. When one leaves the picture the citizen stands too close or aside. */
const OUTLINE = [10, 152, 234, 454] as const;

/**
 * What the citizen should change before anything is asked; null when the face stands well. The first thing that is
 * wrong in the order in which a person would mend it: who is there, how the camera hangs, where to stand, the light, and
 * only then the face itself. Stricter than the judge (see the table's "Ask" values).
 */
export function positionHint(frame: LandmarkFrame, signals: Signals | null): LivenessReason | null {
  if (signals === null || frame.points === null) return 'no-face';
  const { points, light } = frame;
  const limit = THRESHOLDS;
  if (hasSecondFace(frame)) return 'two-people';
  if (Math.abs(signals.roll) > limit.upsideDown.value) return 'upside-down';
  if (frontalEyeDistance(signals) < limit.eyeDistanceAsk.value) return 'too-far';
  const inside = OUTLINE.every((index) => {
    const { x, y } = facePoint(points, index);
    return x >= 0 && y >= 0 && x <= frame.width && y <= frame.height;
  });
  if (!inside || signals.faceHeight > limit.faceHeightAsk.value * frame.height) return 'too-close';
  if (isLitFromBehind(frame)) return 'light-behind';
  if (isTooDark(frame)) return 'too-dark';
  if (light !== null && light.mean > limit.brightAsk.value) return 'too-bright';
  if (
    Math.abs(signals.yaw) > limit.yawNeutralAsk.value ||
    Math.abs(signals.pitch) > limit.pitchNeutralAsk.value ||
    Math.abs(signals.roll) > limit.rollNeutralAsk.value
  ) {
    return 'turned-away';
  }
  if (Math.max(signals.rightEye, signals.leftEye) < limit.eyesOpen.value) return 'eyes-shut';
  if (light !== null && light.sharpness < limit.sharpnessAsk.value) return 'blurred';
  return null;
}

/**
 * A face that is dark by itself before a surround that is many times lighter. The ratio alone would ask everybody with
 * dark skin before a white wall to turn away from it.
 */
export function isLitFromBehind({ light, colour }: LandmarkFrame): boolean {
  if (light === null || colour === null || light.mean >= THRESHOLDS.darkAsk.value) return false;
  const behind = luminance(colour.surround);
  return (
    behind > THRESHOLDS.backLightSurround.value &&
    behind > THRESHOLDS.backLight.value * luminance(colour.face)
  );
}

/**
 * Near black, or darker than a portrait should be in a place that is dark itself. In a lit place a face at that level is
 * dark skin, and asking it for more light would keep its owner out.
 */
function isTooDark({ light, colour }: LandmarkFrame): boolean {
  if (light === null) return false;
  if (light.mean < THRESHOLDS.darkAsk.value) return true;
  const place = colour === null ? null : luminance(colour.surround);
  return light.mean < THRESHOLDS.dimAsk.value && place !== null && place < THRESHOLDS.dimSurroundAsk.value;
}

/** ITU-R BT.709, of linear light. */
function luminance({ red, green, blue }: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function hasSecondFace(frame: LandmarkFrame): boolean {
  return frame.faces >= 2 && frame.secondFaceShare >= THRESHOLDS.secondFaceShare.value;
}

/** The distance between the eyes as it would be seen from the front. */
export function frontalEyeDistance(signals: Signals): number {
  return signals.eyeDistance / Math.max(0.2, Math.cos((signals.yaw * Math.PI) / 180));
}

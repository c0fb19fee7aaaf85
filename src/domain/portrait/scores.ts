import {
  between,
  type FacePoint,
  facePoint,
  flatDistance,
  type MeshIndex,
} from '#domain/liveness/face-point.ts';
import { frontalEyeDistance } from '#domain/liveness/hints.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals } from '#domain/liveness/signals.ts';

/**
 * Scores of one frame as a portrait, 0 to 100 each, after the measures of ISO/IEC 29794-5 with the functions of its
 * open reference implementation (OFIQ). `sig(x; x0, w)` is the logistic function; T the distance from the eyes' middle
 * to the chin; IED the distance between the eyes.
 *
 * Left out: head size (the crop sets it), background (needs its pixels). Sharpness is the frame's rank among the
 * session's frames, because the reference measures it with a trained forest. Crop is the share of the portrait's
 * rectangle that lies inside the frame, because the reference's margins are those of a picture made for the purpose.
 */
export const MEASURES = [
  'eye-distance',
  'yaw',
  'pitch',
  'roll',
  'eyes-open',
  'mouth-closed',
  'crop',
  'luminance',
  'contrast',
  'even-light',
  'dynamic-range',
  'exposure',
  'sharpness',
] as const;
export type Measure = (typeof MEASURES)[number];
/** Light's measures are missing when the frame carries none. */
export type PortraitScores = Readonly<Partial<Record<Measure, number>>>;

/** Null without a face. `sharpnessRank` is 0 to 100: the share of the session's frames that are not sharper. */
export function portraitScores({
  frame,
  sharpnessRank,
}: {
  readonly frame: LandmarkFrame;
  readonly sharpnessRank: number;
}): PortraitScores | null {
  const signals = readSignals(frame);
  if (signals === null || frame.points === null) return null;
  const { points } = frame;
  const at = (index: MeshIndex) => facePoint(points, index);
  const eyes = between(at(468), at(473));
  const eyesToChin = Math.max(1, flatDistance(eyes, at(152)));
  const lidGaps = [
    (flatDistance(at(160), at(144)) + flatDistance(at(158), at(153))) / 2,
    (flatDistance(at(385), at(380)) + flatDistance(at(387), at(373))) / 2,
  ];
  const scores: Partial<Record<Measure, number>> = {
    'eye-distance': 100 * sig(frontalEyeDistance(signals), 70, 20),
    yaw: poseScore(signals.yaw),
    pitch: poseScore(signals.pitch),
    roll: poseScore(signals.roll),
    'eyes-open': 100 * sig(Math.min(...lidGaps) / eyesToChin, 0.02, 0.01),
    'mouth-closed': 100 * (1 - sig(flatDistance(at(13), at(14)) / eyesToChin, 0.2, 0.06)),
    crop: 100 * cropShare({ frame, eyes, headWidth: flatDistance(at(234), at(454)) }),
  };
  if (frame.light !== null) {
    const { mean, variance, evenness, dynamicRange, overexposed } = frame.light;
    scores.luminance = 100 * sig(mean, 0.2, 0.05) * (1 - sig(mean, 0.8, 0.05));
    scores.contrast = 100 * Math.sin((Math.PI * 60 * variance) / (60 * variance + 1));
    scores['even-light'] = 100 * evenness ** 0.3;
    scores['dynamic-range'] = 12.5 * dynamicRange;
    scores.exposure = 1 / (overexposed + 0.01);
    scores.sharpness = sharpnessRank;
  }
  return rounded(scores);
}

/** Share of the session's frames that are not sharper than this one, 0 to 100. */
export function sharpnessRank(frame: LandmarkFrame, session: readonly LandmarkFrame[]): number {
  const others = session.flatMap(({ light }) => (light === null ? [] : [light.sharpness]));
  if (frame.light === null || others.length === 0) return 0;
  const own = frame.light.sharpness;
  return (100 * others.filter((sharpness) => sharpness <= own).length) / others.length;
}

/** Orders frames best first: by the smallest score, then by the mean. One bad measure spoils a portrait. */
export function comparePortraits(a: PortraitScores, b: PortraitScores): number {
  const [left, right] = [Object.values(a), Object.values(b)];
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.min(...right) - Math.min(...left) || mean(right) - mean(left);
}

/** Token portrait of ICAO Doc 9303: aspect 0.77, head over 60 % of the width, eyes 40 % below the top. */
function cropShare({
  frame,
  eyes,
  headWidth,
}: {
  readonly frame: LandmarkFrame;
  readonly eyes: FacePoint;
  readonly headWidth: number;
}): number {
  const width = Math.max(1, headWidth / 0.6);
  const height = width / 0.77;
  const inside = (from: number, length: number, room: number): number =>
    Math.max(0, Math.min(from + length, room) - Math.max(from, 0)) / length;
  return inside(eyes.x - width / 2, width, frame.width) * inside(eyes.y - 0.4 * height, height, frame.height);
}

function sig(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp(-(x - x0) / w));
}

function poseScore(degrees: number): number {
  return Math.abs(degrees) >= 90 ? 0 : 100 * Math.cos((degrees * Math.PI) / 180) ** 2;
}

function rounded(scores: Partial<Record<Measure, number>>): PortraitScores {
  const clipped: Partial<Record<Measure, number>> = {};
  for (const measure of MEASURES) {
    const score = scores[measure];
    if (score !== undefined) clipped[measure] = Math.round(Math.max(0, Math.min(100, score)) * 10) / 10;
  }
  return clipped;
}

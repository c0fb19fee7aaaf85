import { between, facePoint, flatDistance, type MeshIndex } from '#domain/liveness/face-point.ts';
import { frontalEyeDistance } from '#domain/liveness/hints.ts';
import type { FaceLight, LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals, type Signals } from '#domain/liveness/signals.ts';
import { cropShare, portraitCrop } from './icao-crop.ts';

/**
 * Scores of one frame as a portrait, 0 to 100 each, after the measures of ISO/IEC 29794-5 with the functions of its
 * open reference implementation (OFIQ). `sig(x; x0, w)` is the logistic function; T the distance from the eyes' middle
 * to the chin; IED the distance between the eyes.
 *
 * Sharpness is the frame's rank among the session's frames, because the reference measures it with a trained forest.
 * `crop` is ours: the share of the portrait's rectangle that lies inside the frame.
 */
export const RANKED_MEASURES = [
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
/**
 * What the place decides and not the moment: the head in the cut portrait, the room that the camera's frame leaves
 * around it, the wall behind. They are much the same in all frames of a try and rarely high, so that as the smallest
 * score they would hide shut eyes and blur; the evidence tells them, the ranking leaves them out.
 */
export const TOLD_MEASURES = ['head-size', 'margins', 'background'] as const;
export const MEASURES = [...RANKED_MEASURES, ...TOLD_MEASURES] as const;
export type Measure = (typeof MEASURES)[number];
/** Light's measures are missing when the frame carries none. */
export type PortraitScores = Readonly<Partial<Record<Measure, number>>>;
type Scores = Partial<Record<Measure, number>>;

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
  return rounded({
    ...faceScores(frame.points, signals),
    ...placeScores(frame, frame.points),
    ...(frame.light === null ? {} : { ...lightScores(frame.light), sharpness: sharpnessRank }),
  });
}

function faceScores(points: Int16Array, signals: Signals): Scores {
  const at = (index: MeshIndex) => facePoint(points, index);
  const { eyesToChin } = headOf(points);
  const lidGaps = [
    (flatDistance(at(160), at(144)) + flatDistance(at(158), at(153))) / 2,
    (flatDistance(at(385), at(380)) + flatDistance(at(387), at(373))) / 2,
  ];
  return {
    'eye-distance': 100 * sig(frontalEyeDistance(signals), 70, 20),
    yaw: poseScore(signals.yaw),
    pitch: poseScore(signals.pitch),
    roll: poseScore(signals.roll),
    'eyes-open': 100 * sig(Math.min(...lidGaps) / eyesToChin, 0.02, 0.01),
    'mouth-closed': 100 * (1 - sig(flatDistance(at(13), at(14)) / eyesToChin, 0.2, 0.06)),
  };
}

function placeScores(frame: LandmarkFrame, points: Int16Array): Scores {
  const { right, left, eyes, eyesToChin } = headOf(points);
  const apart = Math.max(1, flatDistance(right, left));
  const height = portraitCrop(frame)?.height ?? 1;
  const margins = [
    sig(Math.min(right.x, left.x) / apart, 0.9, 0.1),
    sig((frame.width - Math.max(right.x, left.x)) / apart, 0.9, 0.1),
    sig(eyes.y / eyesToChin, 1.4, 0.1),
    sig((frame.height - eyes.y) / eyesToChin, 1.8, 0.1),
  ];
  return {
    crop: 100 * cropShare(frame),
    'head-size': 200 * (1 - sig(Math.abs(eyesToChin / height - 0.45), 0, 0.05)),
    margins: 100 * Math.min(...margins),
  };
}

function lightScores({ mean, variance, evenness, dynamicRange, overexposed, background }: FaceLight): Scores {
  return {
    luminance: 100 * sig(mean, 0.2, 0.05) * (1 - sig(mean, 0.8, 0.05)),
    contrast: 100 * Math.sin((Math.PI * 60 * variance) / (60 * variance + 1)),
    'even-light': 100 * evenness ** 0.3,
    'dynamic-range': 12.5 * dynamicRange,
    exposure: 1 / (overexposed + 0.01),
    background: 190 * (1 - sig(background, 10, 100)),
  };
}

function headOf(points: Int16Array) {
  const [right, left] = [facePoint(points, 468), facePoint(points, 473)];
  const eyes = between(right, left);
  return { right, left, eyes, eyesToChin: Math.max(1, flatDistance(eyes, facePoint(points, 152))) };
}

/** Share of the session's frames that are not sharper than this one, 0 to 100. */
export function sharpnessRank(frame: LandmarkFrame, session: readonly LandmarkFrame[]): number {
  if (frame.light === null) return 0;
  const own = frame.light.sharpness;
  let measured = 0;
  let notSharper = 0;
  for (const { light } of session) {
    if (light === null) continue;
    measured += 1;
    if (light.sharpness <= own) notSharper += 1;
  }
  return measured === 0 ? 0 : (100 * notSharper) / measured;
}

/** Orders frames best first: by the smallest score, then by the mean. One bad measure spoils a portrait. */
export function comparePortraits(a: PortraitScores, b: PortraitScores): number {
  const [left, right] = [ranked(a), ranked(b)];
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.min(...right) - Math.min(...left) || mean(right) - mean(left);
}

function ranked(scores: PortraitScores): number[] {
  return RANKED_MEASURES.flatMap((measure) => scores[measure] ?? []);
}

function sig(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp(-(x - x0) / w));
}

function poseScore(degrees: number): number {
  return Math.abs(degrees) >= 90 ? 0 : 100 * Math.cos((degrees * Math.PI) / 180) ** 2;
}

function rounded(scores: Scores): PortraitScores {
  const clipped: Scores = {};
  for (const measure of MEASURES) {
    const score = scores[measure];
    if (score !== undefined) clipped[measure] = Math.round(Math.max(0, Math.min(100, score)) * 10) / 10;
  }
  return clipped;
}

import type { MeshIndex } from '#domain/liveness/face-point.ts';
import {
  COORDINATE_UNITS_PER_PIXEL,
  type FaceLight,
  type LandmarkFrame,
  TRACKED_POINTS,
} from '#domain/liveness/landmark-frame.ts';

/**
 * A small parametric head: the tracked points of MediaPipe's canonical face model (Apache-2.0, rounded to 0.1 mm) in
 * centimetres, x to the picture's right, y up, z towards the camera, turned and projected through a pinhole camera.
 */
const CANONICAL: Readonly<Record<MeshIndex, readonly [number, number, number]>> = {
  33: [-4.45, 2.66, 3.17],
  160: [-3.67, 2.93, 3.72],
  158: [-2.72, 2.96, 3.87],
  133: [-1.86, 2.59, 3.76],
  153: [-2.72, 2.32, 3.78],
  144: [-3.67, 2.36, 3.64],
  362: [1.86, 2.59, 3.76],
  385: [2.72, 2.96, 3.87],
  387: [3.67, 2.93, 3.72],
  263: [4.45, 2.66, 3.17],
  373: [3.67, 2.36, 3.64],
  380: [2.72, 2.32, 3.78],
  13: [0, -4.25, 5.22],
  14: [0, -4.25, 5.4],
  78: [-2.15, -4.28, 4.04],
  308: [2.15, -4.28, 4.04],
  61: [-2.46, -4.34, 4.28],
  291: [2.46, -4.34, 4.28],
  234: [-7.66, 0.67, -2.44],
  454: [7.66, 0.67, -2.44],
  10: [0, 8.26, 4.48],
  152: [0, -9.4, 4.26],
  468: [-3.15, 2.63, 3.7],
  473: [3.15, 2.63, 3.7],
  168: [0, 3.27, 5.24],
  6: [0, 2.47, 5.79],
  197: [0, 1.73, 6.32],
  195: [0, 1.06, 6.77],
  5: [0, 0.37, 7.24],
  4: [0, -0.46, 7.59],
  1: [0, -1.13, 7.48],
  98: [-1.41, -1.71, 5.24],
  327: [1.41, -1.71, 5.24],
  127: [-7.74, 2.36, -2.01],
  356: [7.74, 2.36, -2.01],
  109: [-1.89, 8.24, 4.27],
  338: [1.89, 8.24, 4.27],
  50: [-4.77, -0.7, 3.53],
  280: [4.77, -0.7, 3.53],
  205: [-3.83, -1.54, 4.14],
  425: [3.83, -1.54, 4.14],
  70: [-5.72, 4.25, 2.83],
  300: [5.72, 4.25, 2.83],
  151: [0, 6.55, 5.03],
  9: [0, 4.89, 5.39],
  8: [0, 4.02, 5.28],
  132: [-7.27, -2.89, -2.25],
  361: [7.27, -2.89, -2.25],
  117: [-5.26, 0.95, 2.97],
  346: [5.26, 0.95, 2.97],
};

export interface Pose {
  /** Degrees, to the head's own left. */
  readonly yaw: number;
  /** Degrees, up. */
  readonly pitch: number;
  /** Degrees, tipped to the head's own left. */
  readonly roll: number;
  /** 0 shut to 1 wide open. */
  readonly mouth: number;
  /** 0 at rest to 1, the mouth's corners a fifth further apart. */
  readonly smile: number;
  /** 1 open to 0 shut, for both eyes; or the right and the left by itself. */
  readonly eyes: number | { readonly right: number; readonly left: number };
  /** Offset from the camera's axis, cm. */
  readonly x: number;
  readonly y: number;
  /** From the camera, cm; 45 gives about 98 px between the eyes. */
  readonly distance: number;
  /** 1 for a head, 0 for a flat picture of one whose reported depth still turns. */
  readonly depth: number;
}

export const FRONT: Pose = {
  yaw: 0,
  pitch: -5,
  roll: 0,
  mouth: 0.05,
  smile: 0,
  eyes: 1,
  x: 0,
  y: 0,
  distance: 45,
  depth: 1,
};

export const GOOD_LIGHT: FaceLight = {
  mean: 0.5,
  overexposed: 0.001,
  evenness: 0.8,
  dynamicRange: 7,
  sharpness: 60,
  variance: 0.03,
  background: 12,
};

const FOCAL_PIXELS = 700;
const SIZE = { width: 640, height: 480 } as const;
const OPEN_LID = 0.39;
const OPEN_MOUTH = 3.4;

/** One video frame with this face in it. `noise` in pixels is drawn from a fixed sequence. */
export function faceFrame({
  at,
  pose = FRONT,
  light = GOOD_LIGHT,
  noise = 0.3,
  breadth = 1,
}: {
  readonly at: number;
  readonly pose?: Pose;
  readonly light?: FaceLight | null;
  readonly noise?: number;
  /** Of nose, cheeks and jaw against the rest: 1 for the canonical face. */
  readonly breadth?: number;
}): LandmarkFrame {
  const jitter = noiseSource(Math.round(at));
  const points = new Int16Array(TRACKED_POINTS.length * 3);
  for (const [place, index] of TRACKED_POINTS.entries()) {
    const { x, y, z } = project(broadened(index, shaped(index, pose), breadth), pose);
    const values = [x + noise * jitter(), y + noise * jitter(), z + noise * jitter()];
    for (const [axis, value] of values.entries()) {
      points[place * 3 + axis] = Math.round(value * COORDINATE_UNITS_PER_PIXEL);
    }
  }
  return {
    at,
    ...SIZE,
    faces: 1,
    points,
    secondFaceShare: 0,
    light,
    texture: null,
    colour: null,
    digest: digestAt(at),
  };
}

export function emptyFrame(at: number): LandmarkFrame {
  return {
    at,
    ...SIZE,
    faces: 0,
    points: null,
    secondFaceShare: 0,
    light: null,
    texture: null,
    colour: null,
    digest: digestAt(at),
  };
}

/** Pictures that come from a camera have a digest each; two of these never meet within a try. */
function digestAt(at: number): number {
  return Math.imul(Math.round(at * 8) + 1, 0x9e3779b1) >>> 0 || 1;
}

/** A clip at a steady rate; `pose` is asked with the time since `from`. */
export function clip({
  from,
  until,
  perSecond,
  pose,
}: {
  readonly from: number;
  readonly until: number;
  readonly perSecond: number;
  readonly pose: (at: number) => Pose;
}): LandmarkFrame[] {
  const frames: LandmarkFrame[] = [];
  for (let at = from; at <= until; at += 1000 / perSecond) frames.push(faceFrame({ at, pose: pose(at) }));
  return frames;
}

/** 0 before and after, rising to 1 in 300 ms, held, and falling in 300 ms. */
export function swell(at: number, from: number, holdMs: number, rampMs = 300): number {
  const rise = (at - from) / rampMs;
  const fall = (from + 2 * rampMs + holdMs - at) / rampMs;
  return Math.max(0, Math.min(1, rise, fall));
}

function shaped(index: MeshIndex, pose: Pose): readonly [number, number, number] {
  const [x, y, z] = CANONICAL[index];
  const eyes = typeof pose.eyes === 'number' ? { right: pose.eyes, left: pose.eyes } : pose.eyes;
  const openness = x < 0 ? eyes.right : eyes.left;
  switch (index) {
    case 160:
    case 158:
    case 385:
    case 387:
      return [x, 2.63 + OPEN_LID * openness, z];
    case 144:
    case 153:
    case 373:
    case 380:
      return [x, 2.63 - OPEN_LID * openness, z];
    case 61:
    case 291:
    case 78:
    case 308:
      return [x * (1 + 0.2 * pose.smile), y + 0.5 * pose.smile, z - 0.3 * pose.smile];
    case 14:
      return [x, y - OPEN_MOUTH * pose.mouth, z];
    case 152:
      return [x, y - 0.5 * OPEN_MOUTH * pose.mouth, z];
    default:
      return [x, y, z];
  }
}

const BROADENED: ReadonlySet<MeshIndex> = new Set([98, 327, 50, 280, 132, 361, 205, 425]);

function broadened(
  index: MeshIndex,
  [x, y, z]: readonly [number, number, number],
  breadth: number,
): readonly [number, number, number] {
  return BROADENED.has(index) ? [x * breadth, y, z] : [x, y, z];
}

function project(
  [x, y, z]: readonly [number, number, number],
  pose: Pose,
): { readonly x: number; readonly y: number; readonly z: number } {
  const solid = turned([x, y, z], pose);
  const [X, Y, Z] = pose.depth === 1 ? solid : turned([x, y, z * pose.depth], pose);
  const scale = FOCAL_PIXELS / (pose.distance - Z);
  return {
    x: SIZE.width / 2 + (X + pose.x) * scale,
    y: SIZE.height / 2 - (Y + pose.y) * scale,
    z: -solid[2] * (FOCAL_PIXELS / pose.distance),
  };
}

function turned([x, y, z]: readonly [number, number, number], pose: Pose): [number, number, number] {
  const [sy, cy] = sineCosine(pose.yaw);
  const [sp, cp] = sineCosine(pose.pitch);
  const [sr, cr] = sineCosine(pose.roll);
  const [x1, z1] = [x * cy + z * sy, -x * sy + z * cy];
  const [y2, z2] = [y * cp + z1 * sp, -y * sp + z1 * cp];
  return [x1 * cr + y2 * sr, -x1 * sr + y2 * cr, z2];
}

function sineCosine(degrees: number): [number, number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

/** Roughly normal noise from a linear congruential sequence: the same face at the same time is the same frame. */
function noiseSource(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let warm = 0; warm < 4; warm += 1) next();
  return () => next() + next() + next() - 1.5;
}

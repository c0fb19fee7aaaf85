import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { eyeDistance, type Face, type FrameSize } from './face.ts';

/*
 * Ranks frames while they are there, so that the worker has to keep the pixels of one only. Measures and curves after
 * ISO/IEC 29794-5 as OFIQ reads it; the station judges the chosen portrait again from its landmarks.
 */
const sigmoid = (x: number, centre: number, width: number) => 1 / (1 + Math.exp(-(x - centre) / width));

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** 0 to 1, the worst of its measures; higher is the better portrait. */
export function portraitMerit(
  frame: { readonly face: Face; readonly size: FrameSize } & Pick<LandmarkFrame, 'light'>,
): number {
  const { face, size, light } = frame;
  if (!light) return 0;
  const at = (index: number): Vector => {
    const landmark = face[index] ?? { x: 0, y: 0, z: 0 };
    return { x: landmark.x * size.width, y: landmark.y * size.height, z: landmark.z * size.width };
  };
  const side = between(at(234), at(454));
  const up = between(at(152), at(10));
  const yaw = Math.atan2(side.z, side.x);
  const roll = Math.atan2(side.y, side.x);
  const pitch = Math.atan2(up.z, -up.y);
  const eyes = { x: (at(468).x + at(473).x) / 2, y: (at(468).y + at(473).y) / 2, z: 0 };
  const eyesToChin = flat(eyes, at(152));
  const lids = Math.min(flat(at(159), at(145)), flat(at(386), at(374))) / eyesToChin;
  const lips = flat(at(13), at(14)) / eyesToChin;
  const measures = [
    Math.cos(yaw) ** 8,
    Math.cos(pitch - RESTING_PITCH) ** 4,
    Math.cos(roll) ** 4,
    sigmoid(eyeDistance(face, size), 70, 20),
    sigmoid(lids, 0.02, 0.01),
    1 - sigmoid(lips, 0.2, 0.06),
    sigmoid(light.mean, 0.2, 0.05) * (1 - sigmoid(light.mean, 0.8, 0.05)),
    Math.min(1, light.sharpness / (light.sharpness + 20)),
    Math.min(1, 0.02 / (light.overexposed + 0.02)),
  ];
  return Math.min(...measures);
}

/** What the vector from chin to forehead shows for a head held straight, radians. */
const RESTING_PITCH = (-6 * Math.PI) / 180;

function between(a: Vector, b: Vector): Vector {
  return { x: b.x - a.x, y: b.y - a.y, z: b.z - a.z };
}

function flat(a: Vector, b: Vector): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

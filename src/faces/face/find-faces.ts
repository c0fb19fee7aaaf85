import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { FaceNetworks } from '../network/face-networks.ts';
import { type Box, centreOf, holds, sideOf } from './box.ts';

export interface FoundFace {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** A face is looked for at one size after the other until one is this sure. */
const SURE = 0.6;
/** Fewer than this is no face. The second look, and that the two agree, keep out what is none. */
const LEAST_SCORE = 0.35;

/**
 * Looks for faces at several sizes. The detector knows faces of some 60 to 150 pixels of its input best, and misses
 * real ones at a single size that it finds at another.
 */
export async function findFaces(look: {
  readonly networks: FaceNetworks;
  readonly picture: Tensor3D;
  /** Of the detector's input, in the order in which they are tried; multiples of 32. */
  readonly sizes: readonly number[];
}): Promise<readonly FoundFace[]> {
  const { faceApi } = look.networks;
  const found: FoundFace[] = [];
  for (const inputSize of look.sizes) {
    const options = new faceApi.TinyFaceDetectorOptions({ inputSize, scoreThreshold: LEAST_SCORE });
    for (const { box, score } of await faceApi.tinyFaceDetector(look.picture, options)) {
      const { x, y, width, height } = box;
      found.push({ box: { x, y, width, height }, score });
    }
    if (found.some(({ score }) => score >= SURE)) break;
  }
  return found.toSorted((one, other) => other.score - one.score);
}

/** How large a second face may be beside the first, by its side. */
const LARGEST_BYSTANDER = 0.5;

/** The largest face that is sure enough, or why there is no single one. */
export function onlyFace(faces: readonly FoundFace[]): FoundFace | 'no-face' | 'several-faces' {
  const [best] = faces;
  if (best === undefined) return 'no-face';
  const sure = faces.filter(({ score }) => score >= SURE);
  const first = sure.toSorted((one, other) => sideOf(other.box) - sideOf(one.box))[0] ?? best;
  const others = sure.filter(
    ({ box }) => !holds(first.box, centreOf(box)) && !holds(box, centreOf(first.box)),
  );
  const second = others.some(({ box }) => sideOf(box) >= LARGEST_BYSTANDER * sideOf(first.box));
  return second ? 'several-faces' : first;
}

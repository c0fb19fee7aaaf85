import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { FaceNetworks } from '../network/face-networks.ts';
import { type Box, boxAround, grown, squared } from './box.ts';
import { cutOut } from './cut-out.ts';
import type { Landmarks } from './landmarks.ts';

/** How much the landmarks' own square is grown before they are looked for once more in it. */
const ROOM = 1.3;

/** The landmarks of the face in a box; null when the box lies outside the picture. */
export async function findLandmarks(look: {
  readonly networks: FaceNetworks;
  readonly picture: Tensor3D;
  readonly box: Box;
}): Promise<Landmarks | null> {
  // The detector's box differs from size to size; a box of the landmarks' own does not.
  const rough = await landmarksIn(look);
  if (rough === null) return null;
  return landmarksIn({ ...look, box: grown(squared(boxAround(rough)), ROOM) });
}

async function landmarksIn(look: {
  readonly networks: FaceNetworks;
  readonly picture: Tensor3D;
  readonly box: Box;
}): Promise<Landmarks | null> {
  const cut = cutOut(look);
  if (cut === null) return null;
  try {
    const found = await look.networks.faceApi.nets.faceLandmark68Net.detectLandmarks(cut.tensor);
    return found.positions.map(({ x, y }) => ({ x: x + cut.box.x, y: y + cut.box.y }));
  } finally {
    look.networks.forget(cut.tensor);
  }
}

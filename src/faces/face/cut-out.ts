import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { FaceNetworks } from '../network/face-networks.ts';
import { type Box, within } from './box.ts';

/** The pixels of a picture in a box, and where they are; null when there are none. The caller forgets the tensor. */
export function cutOut(from: {
  readonly networks: FaceNetworks;
  readonly picture: Tensor3D;
  readonly box: Box;
}): { readonly tensor: Tensor3D; readonly box: Box } | null {
  const [height, width] = from.picture.shape;
  const box = within(from.box, { width, height });
  if (box === null) return null;
  const { tensorflow } = from.networks;
  return { tensor: tensorflow.slice(from.picture, [box.y, box.x, 0], [box.height, box.width, 3]), box };
}

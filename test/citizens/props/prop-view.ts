import type { HeadPose } from '../head-pose.ts';
import type { View } from '../scene-view.ts';

/** A print of a picture, held before the camera. */
export interface PhotoProp {
  readonly kind: 'photo';
  readonly shows: View;
  /** How the hand holds it. */
  readonly held: HeadPose;
}

/** Things that are held before the camera, as serialisable as the {@link View} that they stand in. */
export type PropView = PhotoProp;

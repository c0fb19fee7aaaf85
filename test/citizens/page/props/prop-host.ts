import type { Object3D, Texture } from 'three';
import type { HeadId } from '../../citizen-controls.ts';
import type { PropView } from '../../props/prop-view.ts';
import type { View } from '../../scene-view.ts';
import type { HeadModel } from '../head-model.ts';

/** What a prop may ask of the scene that it stands in. */
export interface PropHost {
  /** A copy of a loaded head, with meshes of its own; its eyes lie at the origin. */
  head(id: HeadId): HeadModel;
  /**
   * A picture of another view, with its own noise, in sRGB, y upwards: prints and the pictures of a clip. The last few are
   * kept, so that the same view is painted once; whoever needs it longer asks again.
   */
  snapshot(view: View): Texture;
}

/** One prop in the scene; `take` is called before every picture that shows it. */
export interface HostedProp {
  readonly object3D: Object3D;
  take(prop: PropView, standsIn: View): void;
}

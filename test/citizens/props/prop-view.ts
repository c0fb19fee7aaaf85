import type { HeadId } from '../citizen-controls.ts';
import type { HeadPose } from '../head-pose.ts';
import type { View } from '../scene-view.ts';

/** How a thing is held: decimetres from between the eyes of a person who stands straight, degrees as of a head. */
export type Held = Pick<HeadPose, 'x' | 'y' | 'z' | 'yaw' | 'pitch' | 'roll'>;

/** A print of a picture on a sheet of paper. */
export interface PhotoProp {
  readonly kind: 'photo';
  readonly shows: View;
  /** Where the sheet is; turned about its own middle unless {@link turnsBehind} tells otherwise. */
  readonly held: Held;
  /** The sheet's share of the picture, cut out of its middle; all of it unless told. */
  readonly crop?: { readonly width: number; readonly height: number };
  /** How large the face is on the sheet; 1 is as large as life, and so unless told. */
  readonly magnified?: number;
  readonly bend?: Bend;
  /** What is cut out, so that whoever is behind the sheet looks through it. */
  readonly holes?: readonly Hole[];
  /** How far behind the sheet the point is that it turns about: a neck, when it is worn. Decimetres. */
  readonly turnsBehind?: number;
  /** 0 is matt paper, 1 a glossy photograph. */
  readonly gloss?: number;
}

/** A sheet rolled about a line; `curvature` is 1 by the radius in decimetres, positive towards the camera. */
export interface Bend {
  readonly about: 'upright' | 'level';
  readonly curvature: number;
}

export type Hole = 'eyes' | 'mouth';

/** A telephone, tablet, laptop or television that shows pictures. */
export interface ScreenProp {
  readonly kind: 'screen';
  /** One picture, or two while one fades into the other; shares add up to 1. */
  readonly shows: readonly ShownPicture[];
  readonly held: Held;
  /** The lit area, decimetres. */
  readonly width: number;
  readonly height: number;
  /** From one pixel to the next, decimetres. */
  readonly pitch: number;
  /** Width of the frame around the lit area, decimetres; 0 when there is none in sight. */
  readonly bezel: number;
  /** How bright its white is, beside white paper in a hall at level 1. */
  readonly brightness: number;
  /** How large the face is on it; 1 is as large as life. */
  readonly magnified: number;
}

export interface ShownPicture {
  readonly view: View;
  readonly share: number;
}

/** A bust that somebody turns on its stand: a face that nothing moves in. */
export interface MannequinProp {
  readonly kind: 'mannequin';
  readonly head: HeadId;
  readonly held: Held;
}

/** Things that are held before the camera, as serialisable as the {@link View} that they stand in. */
export type PropView = PhotoProp | ScreenProp | MannequinProp;

import type { FlashColour } from '../../src/domain/liveness/flash-colour.ts';
import type { HeadId } from './citizen-controls.ts';
import type { HeadPose } from './head-pose.ts';
import type { PropView } from './props/prop-view.ts';

export const WIDTH = 640;
export const HEIGHT = 480;
/** From the eyes to the camera, decimetres: 82 pixels between the eyes at 640x480. */
export const DISTANCE = 6.2;
/** Of the camera, top to bottom, degrees. */
export const FIELD_OF_VIEW = 30;
/** The camera looks this far below the eyes, decimetres. */
export const AIM_BELOW_EYES = 0.35;
/** Where a second person stands, half behind the first. */
export const BESIDE = { x: -1.9, z: -1.2 } as const;

/**
 * One picture, in full and serialisable: what is drawn is a pure function of this. The origin lies between the eyes
 * of a person in `NEUTRAL_POSE`; the camera stands `distance` in front of it and looks horizontally.
 */
export interface View extends Subject {
  /** A hall at level 1 unless told. */
  readonly light?: Light;
  /** From the origin to the camera, decimetres; {@link DISTANCE} unless told. */
  readonly distance?: number;
  /** What the screen before the person lights them with; null or absent while it shows nothing of the kind. */
  readonly flash?: FlashColour | null;
  /** Colour of the wall as 0xRRGGBB, when it is not that of the light. */
  readonly wall?: number;
  /** What else stood before the camera while the shutter was open: the picture is the mean of all. */
  readonly exposure?: readonly Subject[];
  /** None unless told: pictures without noise are for portraits and for what is composed further. */
  readonly noise?: SensorNoise;
}

/** Who and what is in front of the camera; nobody when both lists are empty. */
export interface Subject {
  readonly people: readonly Person[];
  readonly props?: readonly PropView[];
}

export interface Person {
  readonly head: HeadId;
  readonly pose: HeadPose;
  readonly occlusion?: Occlusion;
}

/** What hides a part of the face. */
export type Occlusion = 'hand' | 'mask' | 'sunglasses' | 'hair';

/**
 * `hall` is lit from above, `dim` is the same with little light and a dark wall, `back` has a bright window behind
 * the person, `side` a lamp at the person's left. `level` scales all of it, 1 is usual.
 */
export interface Light {
  readonly kind: 'hall' | 'dim' | 'back' | 'side';
  readonly level: number;
}

/** A camera's noise: never the same for two frame numbers, the same for the same seed and number. */
export interface SensorNoise {
  readonly seed: number;
  readonly frame: number;
  /** Standard deviation in grey levels of 255. */
  readonly level: number;
}

/** How a head is held at one moment. Angles in degrees, expressions 0 to 1, lengths in decimetres. */
export interface HeadPose {
  /** Positive to the person's own left. */
  readonly yaw: number;
  /** Positive downwards. */
  readonly pitch: number;
  /** Positive towards the person's own right shoulder. */
  readonly roll: number;
  readonly closeEyes: number;
  readonly openMouth: number;
  readonly smile: number;
  /** Shift of the whole person: to the person's left, up, and towards the camera. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export const NEUTRAL_POSE: HeadPose = {
  yaw: 0,
  pitch: 0,
  roll: 0,
  closeEyes: 0,
  openMouth: 0,
  smile: 0,
  x: 0,
  y: 0,
  z: 0,
};

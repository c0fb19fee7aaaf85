import * as v from 'valibot';

/** Turns of a picture, degrees clockwise. */
export const ROTATIONS = [0, 90, 180, 270] as const;
export type Rotation = (typeof ROTATIONS)[number];

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** What is left of a VGA frame still holds a face and is no smaller than a frame may be. */
const SMALLEST_PART = 0.3;
const part = v.pipe(v.number(), v.minValue(SMALLEST_PART), v.maxValue(1));

/** A part of the upright picture, in shares of its width and height. */
export const PictureCropSchema = v.pipe(
  v.strictObject({ left: share, top: share, width: part, height: part }),
  v.check(({ left, width }) => left + width <= 1 + 1e-9, 'left and width reach beyond the picture'),
  v.check(({ top, height }) => top + height <= 1 + 1e-9, 'top and height reach beyond the picture'),
);
export type PictureCrop = v.InferOutput<typeof PictureCropSchema>;

export const RotationSchema = v.picklist(ROTATIONS);
/** Frames a second. */
export const FrameRateSchema = v.pipe(v.number(), v.minValue(1), v.maxValue(60));

/** How a terminal's camera is built in. */
export const CameraProfileSchema = v.strictObject({
  /** What sets the camera's picture upright, before anything else looks at it. */
  rotation: RotationSchema,
  /**
   * Whether citizens see themselves as in a mirror. The preview only: what is judged and sent is never mirrored, or left
   * would be right.
   */
  mirror: v.boolean(),
  /** What is used of the upright picture; null for all of it. */
  crop: v.nullable(PictureCropSchema),
  /** A camera that delivers fewer frames a second is a camera problem; null asks for none. */
  minimumFrameRate: v.nullable(FrameRateSchema),
});
export type CameraProfile = v.InferOutput<typeof CameraProfileSchema>;

/** A camera at the top of an upright display. */
export const PLAIN_CAMERA: CameraProfile = { rotation: 0, mirror: true, crop: null, minimumFrameRate: null };

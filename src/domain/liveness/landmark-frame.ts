/**
 * What the camera worker reports of one video frame, and what the evidence keeps of it.
 *
 * Coordinates are integers of 1/8 pixel of the camera frame (unmirrored; x to the image's right, y down, z towards
 * the camera negative, as MediaPipe gives it, scaled by the frame's width), so that station and registry judge the
 * very same numbers.
 */
export const COORDINATE_UNITS_PER_PIXEL = 8;

/** Indices into MediaPipe's 478-point face mesh, in the order in which {@link LandmarkFrame.points} lists them. */
export const TRACKED_POINTS = [
  // eye contours for the eye aspect ratio (Soukupova & Cech 2016): the citizen's right eye, then the left
  33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,
  // inner lips: upper, lower, corners; outer corners
  13, 14, 78, 308, 61, 291,
  // head frame: side to side, forehead to chin
  234, 454, 10, 152,
  // iris centres
  468, 473,
  // rigid points of the planarity check: nose, temples, cheeks, brow, jaw
  168, 6, 197, 195, 5, 4, 1, 98, 327, 127, 356, 109, 338, 50, 280, 205, 425, 70, 300, 151, 9, 8, 132, 361,
  117, 346,
] as const;

export interface LandmarkFrame {
  /** Capture timestamp, milliseconds on the renderer's monotonic clock. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Faces seen, 0 to 4. */
  readonly faces: number;
  /** x, y, z for each of {@link TRACKED_POINTS} of the main face, in 1/8 px; null without a face. */
  readonly points: Int16Array | null;
  /** Size of the second largest face as a share of the main face's eye distance, 0 when alone. */
  readonly secondFaceShare: number;
  /** Pixel measures on the main face; null without a face. */
  readonly light: FaceLight | null;
  /** Signs of a screen or a print; null without a face and in frames on which they were not measured. */
  readonly texture: FrameTexture | null;
  /** Colour of the face and of what is around it; null without a face. */
  readonly colour: FrameColour | null;
  /** 32 bits of the whole picture's pixels. A camera's noise never gives the same twice. */
  readonly digest: number;
}

/** Measured where the pixels are, on some frames a second; what a screen shows that skin does not. */
export interface FrameTexture {
  /** Highest peak over the median of the face's luma spectrum between 0.10 and 0.49 cycles a pixel, 1 to 10 000. */
  readonly moire: number;
  /** How much of a straight frame is seen around the face, 0 to 1. */
  readonly bezel: number;
}

/** Mean colours, each channel 0 to 1 in linear light. */
export interface FrameColour {
  readonly face: Colour;
  readonly surround: Colour;
}

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Measures after ISO/IEC 29794-5 that need pixels and so are taken where the pixels are. */
export interface FaceLight {
  /** Mean luma of the face, 0 to 1. */
  readonly mean: number;
  /** Share of burnt-out pixels, 0 to 1. */
  readonly overexposed: number;
  /** Histogram intersection of the two cheeks, 0 to 1. */
  readonly evenness: number;
  /** Entropy of the luma histogram, bits, 0 to 8. */
  readonly dynamicRange: number;
  /** Variance of the Laplacian of the face scaled to 90 px between the eyes. */
  readonly sharpness: number;
  /** Luminance variance, 0 to 0.25. */
  readonly variance: number;
  /** Mean luma gradient of what is beside and above the head, grey levels, 0 to 255. */
  readonly background: number;
}

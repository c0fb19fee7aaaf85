/** A number that something is judged by, and where it comes from. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
}

const MEASURED = 'rendered heads through the tracker, 640x480';

/**
 * Every number that liveness is judged or hinted by, in one place. "Ask" values are stricter than the judge's: a hint
 * asks for a better position before the try starts, so that a citizen who followed it has room to move.
 */
export const THRESHOLDS = {
  // the camera
  frameRate: { value: 4, unit: 'frames/s', source: 'two frames within a closure of 500 ms or a held turn' },
  longestGap: { value: 1500, unit: 'ms', source: 'a longer hole could hide a change of person' },

  // the position
  faceShare: {
    value: 0.8,
    unit: 'share of frames',
    source: 'tracker finds a head in all frames when it is there',
  },
  secondFaceShare: {
    value: 0.5,
    unit: 'eye distances',
    source: 'someone waiting a step behind measures about 0.4',
  },
  secondFaceTime: { value: 400, unit: 'ms', source: 'single false detections last one frame' },
  eyeDistance: {
    value: 60,
    unit: 'px',
    source: 'below it an eighth of a pixel moves the eye aspect ratio by 1 %',
  },
  eyeDistanceAsk: {
    value: 70,
    unit: 'px',
    source: 'a margin above the judge; the portrait asks for more at its time',
  },
  faceHeight: {
    value: 0.92,
    unit: 'share of frame height',
    source: 'the chin leaves the frame when the mouth opens',
  },
  faceHeightAsk: {
    value: 0.8,
    unit: 'share of frame height',
    source: 'room for the portrait crop above and below',
  },
  dark: { value: 0.07, unit: 'mean luma', source: 'near black: noise moves the landmarks' },
  darkAsk: {
    value: 0.09,
    unit: 'mean luma',
    source: 'dark skin measures 0.19-0.23 in an even hall and 0.11 in a dim one: rendered heads',
  },
  dimAsk: { value: 0.2, unit: 'mean luma', source: 'ISO/IEC 29794-5 luminance score of 50' },
  dimSurroundAsk: {
    value: 0.06,
    unit: 'linear light',
    source: 'it is the place that is dark, not the skin: a tenth of a lit wall',
  },
  bright: { value: 0.86, unit: 'mean luma', source: 'ISO/IEC 29794-5 luminance score of 23' },
  brightAsk: { value: 0.8, unit: 'mean luma', source: 'ISO/IEC 29794-5 luminance score of 50' },
  backLight: {
    value: 6,
    unit: 'surround over face, linear light',
    source: 'a window by day; told only where the face is too dark by itself',
  },
  backLightSurround: {
    value: 0.15,
    unit: 'linear light',
    source: 'a lit place: a dark one has no light behind',
  },
  upsideDown: {
    value: 120,
    unit: 'degrees of roll',
    source: 'nobody tips the head so far; a camera hung wrongly does',
  },
  sharpness: { value: 3, unit: 'variance of the Laplacian at 90 px', source: 'a face behind frosted glass' },
  sharpnessAsk: { value: 5, unit: 'variance of the Laplacian at 90 px', source: 'a margin above the judge' },
  yawNeutral: { value: 16, unit: 'degrees', source: 'a turn must start from the front' },
  yawNeutralAsk: { value: 10, unit: 'degrees', source: 'a margin within the judge' },
  pitchNeutral: {
    value: 30,
    unit: 'degrees',
    source: 'cameras hang above or below the eyes; the rest is personal',
  },
  pitchNeutralAsk: { value: 24, unit: 'degrees', source: 'a margin within the judge' },
  rollNeutral: { value: 20, unit: 'degrees', source: 'landmarks stay within 1 px up to here' },
  rollNeutralAsk: { value: 14, unit: 'degrees', source: 'a margin within the judge' },
  eyesOpen: { value: 0.14, unit: 'eye aspect ratio', source: `open 0.29-0.32, shut 0.02-0.04: ${MEASURED}` },
  longestClosure: { value: 3000, unit: 'ms', source: 'six times the longest blink' },
  stillCentre: { value: 0.9, unit: 'eye distances/s', source: 'standing people sway by less than 0.3' },
  stillYaw: { value: 40, unit: 'degrees/s', source: 'landmark noise at 12 frames/s reaches 12' },

  // one face throughout
  jump: { value: 2, unit: 'eye distances between frames', source: 'a head moves 13 cm in no 80 ms' },
  scaleJump: { value: 1.5, unit: 'ratio between frames', source: 'stepping closer takes a second' },
  faceLost: {
    value: 1200,
    unit: 'ms',
    source: `a wide turn that is held hides the face for up to 800: ${MEASURED}; each picture is compared besides`,
  },

  cutInterval: { value: 130, unit: 'ms between frames', source: 'kept frames come every 80 to 100 ms' },
  // each about three times what the movements of four rendered heads leave, together they leave 0.33
  cutPlace: { value: 0.08, unit: 'eye distances', source: `turns leave 0.03: ${MEASURED}` },
  cutSize: {
    value: 0.06,
    unit: 'logarithm of the size',
    source: `movements leave 0.013, a nod under long hair 0.063, another head 0.17: ${MEASURED}`,
  },
  cutAngle: { value: 5, unit: 'degrees of yaw and pitch', source: `movements leave 2: ${MEASURED}` },
  cutRoll: { value: 3, unit: 'degrees', source: `movements leave 0.5: ${MEASURED}` },
  cutShape: {
    value: 0.03,
    unit: 'RMS of logarithms of distances',
    source: `movements leave 0.004, another head 0.04 to 0.15: ${MEASURED}`,
  },
  cutColour: {
    value: 0.4,
    unit: 'RMS of logarithms of face over surround',
    source: 'half as light again in 80 ms',
  },
  picturesAgain: { value: 0, unit: 'frames', source: 'noise of the sensor gives no picture twice' },
  standstill: { value: 300, unit: 'ms', source: 'longer than a driver repeats a picture that is late' },
  loopLength: { value: 1200, unit: 'ms', source: 'longer than any asked movement takes one way' },
  loopLag: { value: 1500, unit: 'ms', source: 'shorter periods are those of a nodding or shaking head' },
  loopMovement: { value: 0.12, unit: 'eye distances RMS', source: 'standing people sway by less than 0.05' },
  loopDifference: {
    value: 0.05,
    unit: 'share of the movement',
    source: `played again 0.02, made again 0.08: ${MEASURED}`,
  },
  identityChanged: {
    value: 0.64,
    unit: 'distance of embeddings',
    source:
      'above it different people on 1 278 real pairs; ten rendered heads stay within 0.40 of their neutral picture',
  },
  identityDoubted: {
    value: 0.55,
    unit: 'distance of embeddings',
    source: 'below it the same person on 1 278 real pairs',
  },
  identityMissing: { value: 1, unit: 'pictures', source: 'one picture of a movement may be blurred' },

  // signs of an attack that only refer to a person
  blinksUnasked: { value: 1, unit: 'closures in a try', source: 'people blink 5 to 20 times a minute' },
  moire: {
    value: 40,
    unit: 'peak over median of the spectrum',
    source: 'faces 4-23, prints 11-28, screens 12-361, half of them above 60',
  },
  bezel: {
    value: 0.5,
    unit: 'share of a frame seen',
    source: 'people 0.00, doors behind them up to 0.45, held prints and screens 0.35-1.0',
  },
  flashCorrelation: {
    value: 0.85,
    unit: 'correlation',
    source: `faces 1.00; screens that reflect a little 0.61-0.72: ${MEASURED}`,
  },
  flashAmplitude: {
    value: 0.1,
    unit: 'share of ambient light',
    source: `faces 0.23-2.2 in all lights, screens mostly 0.05-0.07: ${MEASURED}`,
  },
  passive: { value: 0.5, unit: 'score', source: 'the middle between attack and living' },

  // reaction
  reaction: {
    value: 250,
    unit: 'ms',
    source: 'fastest human choice reaction; earlier movements were not answers',
  },
  turn: {
    value: 18,
    unit: 'degrees from own front',
    source: 'no flat photo got past 5 degrees, tilted by 32',
  },
  turnOnset: { value: 10, unit: 'degrees from own front', source: 'idle movement stays within 3' },
  turnHold: { value: 150, unit: 'ms', source: 'two frames at the slowest camera that delivers 7/s' },
  nod: {
    value: 12,
    unit: 'degrees below own pitch',
    source: `nods reach 16-24, smiles move it by 6-9, photos tilted by 32 by 5: ${MEASURED}`,
  },
  nodOnset: { value: 6, unit: 'degrees below own pitch', source: 'idle movement stays within 3' },
  nodHold: { value: 100, unit: 'ms', source: 'the lowest point of a nod is short' },
  smile: {
    value: 0.08,
    unit: 'share of own width',
    source: `smiles widen by 0.11-0.19, nods and noise by 0.05, opening narrows: ${MEASURED}`,
  },
  smileMouth: { value: 0.2, unit: 'aspect ratio above own', source: 'lips that part in a smile stay below' },
  smileOnset: { value: 0.04, unit: 'share of own width', source: `at rest within 0.03: ${MEASURED}` },
  smileHold: { value: 250, unit: 'ms', source: 'longer than a vowel that widens the lips' },
  mouth: {
    value: 0.3,
    unit: 'aspect ratio above own',
    source: `wide open 0.79, speech and smile below 0.25`,
  },
  mouthOnset: { value: 0.12, unit: 'aspect ratio above own', source: `at rest within 0.05: ${MEASURED}` },
  mouthHold: { value: 150, unit: 'ms', source: 'two frames at the slowest camera that delivers 7/s' },
  eyesShut: {
    value: 0.62,
    unit: 'share of own aspect ratio',
    source: `blinks reach 0.1, glances 0.75: ${MEASURED}`,
  },
  eyesReopened: {
    value: 0.8,
    unit: 'share of own aspect ratio',
    source: 'hysteresis above the closing level',
  },
  blinkShortest: { value: 80, unit: 'ms', source: 'spontaneous blinks last 100-400 ms' },
  blinkLongest: { value: 500, unit: 'ms', source: 'spontaneous blinks last 100-400 ms' },
  closureLong: { value: 400, unit: 'ms', source: 'longer than a spontaneous blink: one of these was meant' },
  frontYaw: { value: 12, unit: 'degrees from own front', source: 'the far eye and lip foreshorten beyond' },

  // depth
  flatness: {
    value: 0.05,
    unit: 'eye distances RMS',
    source: `heads 0.14-0.18, photos 0.004-0.021: ${MEASURED}`,
  },

  // evidence
  gapTolerance: { value: 120, unit: 'ms', source: 'rounding and the mapping between two clocks' },
  keyFrameTolerance: {
    value: 1500,
    unit: 'ms',
    source: 'a picture is asked for and taken while the action lasts',
  },
} as const satisfies Readonly<Record<string, Threshold>>;

/** How long a prompt must have stood before its window opens: time to read two words. */
export const READING_MS = 700;

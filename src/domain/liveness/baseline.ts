import { median } from './median.ts';
import type { Signals } from './signals.ts';

/**
 * How this person looks while nothing is asked: medians over at least {@link NEUTRAL_MS} of a neutral face. People's
 * lids, resting mouths and the camera's height differ more than an action's threshold, so actions are changes from here.
 * A median because people blink while they wait.
 */
export interface Baseline {
  readonly rightEye: number;
  readonly leftEye: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly mouth: number;
  readonly smile: number;
  readonly eyeDistance: number;
  readonly faceHeight: number;
}

/** How long a face must be neutral and still before anything is asked. */
export const NEUTRAL_MS = 1500;
/** At the slowest camera that is accepted 1.5 s hold six frames; one of them may be lost. */
export const FEWEST_NEUTRAL_FRAMES = 4;

/** Null when there are too few frames to know the person by. */
export function personalBaseline(neutral: readonly Signals[]): Baseline | null {
  if (neutral.length < FEWEST_NEUTRAL_FRAMES) return null;
  const of = (key: keyof Baseline): number => median(neutral.map((signals) => signals[key]));
  return {
    rightEye: of('rightEye'),
    leftEye: of('leftEye'),
    yaw: of('yaw'),
    pitch: of('pitch'),
    roll: of('roll'),
    mouth: of('mouth'),
    smile: of('smile'),
    eyeDistance: of('eyeDistance'),
    faceHeight: of('faceHeight'),
  };
}

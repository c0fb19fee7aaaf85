import type { Action } from '../action.ts';
import { detectBlink } from './blink.ts';
import type { Detector } from './detection.ts';
import { detectNod } from './nod.ts';
import { detectOpenMouth } from './open-mouth.ts';
import { detectSmile } from './smile.ts';
import { detectTurnLeft } from './turn-left.ts';
import { detectTurnRight } from './turn-right.ts';

export const DETECTORS: Readonly<Record<Action, Detector>> = {
  'turn-left': detectTurnLeft,
  'turn-right': detectTurnRight,
  nod: detectNod,
  'open-mouth': detectOpenMouth,
  smile: detectSmile,
  blink: detectBlink,
};

/** Actions that fail a try when they are carried through unasked. Blinks never do: living people blink. */
export const TELLING_ACTIONS: readonly Action[] = ['turn-left', 'turn-right', 'open-mouth'];

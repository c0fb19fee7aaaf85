import type { Action } from '../liveness/action.ts';
import type { FlashColour } from '../liveness/flash-colour.ts';
import type { LivenessReason } from '../liveness/verdict.ts';

/** How far a try has come, as the screen shows it. */
export type FacePhase =
  | { readonly phase: 'starting-camera' }
  | { readonly phase: 'positioning'; readonly hint: LivenessReason | null }
  | { readonly phase: 'hold-still' }
  /** The screen lights the face. */
  | { readonly phase: 'flash'; readonly index: number; readonly colour: FlashColour }
  | { readonly phase: 'prompt'; readonly index: number; readonly action: Action }
  | { readonly phase: 'between'; readonly index: number }
  /** The citizen looks at the portrait and may have another taken. */
  | { readonly phase: 'portrait'; readonly jpegBase64: string; readonly retakesLeft: number }
  | { readonly phase: 'checking' };

/** What the chart knows of the phase: it holds no picture, because nothing wipes it. */
export type FaceView =
  | Exclude<FacePhase, { readonly phase: 'portrait' }>
  | Omit<Extract<FacePhase, { readonly phase: 'portrait' }>, 'jpegBase64'>;

import type { Action } from '../../src/domain/liveness/action.ts';
import type { FlashColour } from '../../src/domain/liveness/flash-colour.ts';
import type { LivenessReason } from '../../src/domain/liveness/verdict.ts';
import type { View } from './scene-view.ts';

/** What the screen has told whoever stands before it. `until` is null while it still stands there. Times in ms. */
export type Told =
  | {
      readonly kind: 'prompt';
      readonly action: Action;
      readonly since: number;
      readonly until: number | null;
    }
  | {
      readonly kind: 'hint';
      readonly reason: LivenessReason;
      readonly since: number;
      readonly until: number | null;
    };

/** A moment of a try, as whoever stands before the camera knows it. */
export interface Moment {
  /** Milliseconds since the performance began. */
  readonly time: number;
  /** The prompt on the screen, and since when. */
  readonly asked: Action | null;
  readonly askedSince: number | null;
  readonly flash: FlashColour | null;
  /** The hint on the screen. */
  readonly hint: LivenessReason | null;
  /** Everything told so far, oldest first: a movement goes on when its prompt is gone. */
  readonly told: readonly Told[];
}

/** Somebody or something before the camera: a pure function of what it was told and of its own seed. */
export type Performer = (moment: Moment) => View;

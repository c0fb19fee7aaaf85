import type { FaceCommand } from '#contract/station-api.ts';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { FlashRecord, KeyFrame, PromptRecord } from '#domain/liveness/evidence.ts';
import type { FlashColour } from '#domain/liveness/flash-colour.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { type NeutralWatch, NOTHING_SEEN } from '#domain/liveness/neutral-watch.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import { PORTRAIT_CHOICE_MS } from '#domain/session/portrait-choice.ts';
import type { FrameBatch } from './frame-batch.ts';
import type { RendererClock } from './renderer-clock.ts';

/** How long the conductor waits for what, ms. */
export const DELAYS = {
  /** For the camera and the tracker to deliver their first frame. */
  firstFrame: 25_000,
  /** For a face that stands well, from the first frame on. */
  positioning: 30_000,
  /** For the renderer to paint a flash; without one the try goes on without flashes. */
  flashPainting: 2000,
  /** For the renderer to paint a prompt. */
  painting: 4000,
  /** For frames that were taken before a window closed. */
  stragglers: 1000,
  /** For the face to come back to neutral after an action. */
  returning: 2500,
  /** For a good portrait at the end; after `portraitHint` the citizen is told what is missing. */
  portrait: 8000,
  portraitHint: 1500,
  /** Then one from a little further away, or the one that the neutral face at the beginning gave, will do. */
  betterPortrait: 2500,
  /** For the citizen's word on the portrait; no word keeps it. */
  choice: PORTRAIT_CHOICE_MS,
  /** For a picture that was asked for. */
  picture: 4000,
  /** For those who tell whose face the pictures show; then it is judged without what they have not told. */
  reading: 3000,
} as const;

/** Frames before the neutral face are kept this long only, ms. */
export const WAITING_TRACE_MS = 3000;

/** An early portrait is the best frame of the wait at the beginning; it counts when the end gives no better one. */
export type Purpose = KeyFrame['purpose'] | 'early-portrait' | 'portrait';

export interface AskedPicture {
  readonly requestId: number;
  readonly purpose: Purpose;
  /** Station clock. */
  readonly askedAt: number;
}

export interface KeptKeyFrame extends KeyFrame {
  readonly requestId: number;
}

export interface PortraitCandidate {
  readonly requestId: number;
  readonly early: boolean;
  readonly at: number;
  readonly jpeg: Uint8Array;
  readonly embedding: FaceEmbedding | null;
}

/** The portrait that the citizen was shown last. */
export interface PortraitChoice {
  readonly portrait: PortraitCandidate;
  readonly retakesLeft: number;
  /** Length of the trace when it was shown: what came after it is no part of the evidence. */
  readonly frames: number;
}

/** Where a try stands. Times are the station's monotonic clock unless they are called capture times. */
export type Step =
  | { readonly name: 'camera'; readonly since: number }
  | { readonly name: 'positioning' }
  | {
      readonly name: 'flash';
      readonly index: number;
      readonly since: number;
      readonly paintedAt: number | null;
    }
  | { readonly name: 'gap'; readonly index: number; readonly until: number }
  | { readonly name: 'painting'; readonly index: number; readonly since: number }
  | { readonly name: 'acting'; readonly index: number; readonly reachedAt: number | null }
  | { readonly name: 'returning'; readonly index: number; readonly since: number }
  | { readonly name: 'portrait'; readonly since: number; readonly goodFrames: number }
  | { readonly name: 'choosing'; readonly since: number }
  | { readonly name: 'pictures'; readonly since: number }
  | { readonly name: 'reading'; readonly since: number }
  | { readonly name: 'ended' };

export interface Conducting {
  readonly attempt: 1 | 2;
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
  /** Whether the screen is still to light the face. */
  readonly flash: boolean;
  readonly step: Step;
  /** When the first frame came; the wait for a neutral face is counted from here, however often it starts over. */
  readonly framesSince: number | null;
  readonly view: FaceView;
  readonly clock: RendererClock | null;
  /** Capture time of the last frame admitted. */
  readonly lastFrameAt: number | null;
  /** Kept frames, thinned and rounded: what will be judged. */
  readonly trace: readonly LandmarkFrame[];
  readonly watch: NeutralWatch;
  readonly prompts: readonly PromptRecord[];
  readonly flashes: readonly FlashRecord[];
  readonly keyFrames: readonly KeptKeyFrame[];
  /** Not shown to the citizen yet. */
  readonly portraits: readonly PortraitCandidate[];
  readonly choice: PortraitChoice | null;
  readonly asked: readonly AskedPicture[];
  /** Kept pictures of which it is not told yet whose face they show. */
  readonly unread: readonly number[];
  readonly nextRequestId: number;
}

export type ConductEvent =
  | ({ readonly type: 'frames'; readonly now: number } & FrameBatch)
  | {
      readonly type: 'prompt-painted';
      readonly now: number;
      readonly index: number;
      readonly action: Action;
      /** Renderer clock. */
      readonly at: number;
    }
  | {
      readonly type: 'flash-painted';
      readonly now: number;
      readonly index: number;
      readonly colour: FlashColour;
      /** Renderer clock. */
      readonly at: number;
    }
  | {
      readonly type: 'picture';
      readonly now: number;
      readonly requestId: number;
      readonly at: number;
      readonly jpeg: Uint8Array;
    }
  /** Whose face a kept picture shows, and what the operator's own network says of it. */
  | {
      readonly type: 'picture-read';
      readonly now: number;
      readonly requestId: number;
      readonly embedding: FaceEmbedding | null;
      readonly passive: number | null;
    }
  | { readonly type: 'portrait-chosen'; readonly now: number; readonly choice: 'keep' | 'retake' }
  | { readonly type: 'tick'; readonly now: number };

export type ConductEffect =
  /** The picture that the view which follows asks about. */
  | { readonly type: 'portrait'; readonly jpeg: Uint8Array }
  | { readonly type: 'view'; readonly view: FaceView }
  | { readonly type: 'command'; readonly command: FaceCommand }
  /** Input that was not believed; a code for the log. */
  | { readonly type: 'refused'; readonly reason: string }
  /** A kept picture, to be answered with `picture-read`. */
  | { readonly type: 'read-picture'; readonly requestId: number; readonly jpeg: Uint8Array }
  /** What is not needed any more of a face, to be zeroed. */
  | { readonly type: 'discard'; readonly bytes: Uint8Array | Int16Array }
  /** The try is over; the judge speaks next. */
  | { readonly type: 'ended' };

export interface Conducted {
  readonly state: Conducting;
  readonly effects: readonly ConductEffect[];
}

/** Request ids go on from one try to the next, so that a late picture of the first is never taken for the second's. */
export function beginConducting({
  attempt,
  plan,
  exchanges,
  flash,
  now,
  firstRequestId,
}: {
  readonly attempt: 1 | 2;
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
  readonly flash: boolean;
  readonly now: number;
  readonly firstRequestId: number;
}): Conducted {
  const view: FaceView = { phase: 'starting-camera' };
  return {
    state: {
      attempt,
      plan,
      exchanges,
      flash,
      step: { name: 'camera', since: now },
      framesSince: null,
      view,
      clock: null,
      lastFrameAt: null,
      trace: [],
      watch: NOTHING_SEEN,
      prompts: [],
      flashes: [],
      keyFrames: [],
      portraits: [],
      choice: null,
      asked: [],
      unread: [],
      nextRequestId: firstRequestId,
    },
    effects: [
      { type: 'view', view },
      { type: 'command', command: { type: 'start', attempt } },
    ],
  };
}

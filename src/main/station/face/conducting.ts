import type { FaceCommand } from '#contract/station-api.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { KeyFrame, PromptRecord } from '#domain/liveness/evidence.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { type NeutralWatch, NOTHING_SEEN } from '#domain/liveness/neutral-watch.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import type { FacePhase } from '#domain/session/snapshot.ts';
import type { FrameBatch } from './frame-batch.ts';
import type { RendererClock } from './renderer-clock.ts';

/** How long the conductor waits for what, ms. */
export const DELAYS = {
  /** For the camera and the tracker to deliver their first frame. */
  firstFrame: 25_000,
  /** For a face that stands well, from the first frame on. */
  positioning: 30_000,
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
  /** For a picture that was asked for. */
  picture: 4000,
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

export interface PortraitCandidate {
  readonly early: boolean;
  readonly at: number;
  readonly jpeg: Uint8Array;
}

/** Where a try stands. Times are the station's monotonic clock unless they are called capture times. */
export type Step =
  | { readonly name: 'camera'; readonly since: number }
  | { readonly name: 'positioning' }
  | { readonly name: 'gap'; readonly index: number; readonly until: number }
  | { readonly name: 'painting'; readonly index: number; readonly since: number }
  | { readonly name: 'acting'; readonly index: number; readonly reachedAt: number | null }
  | { readonly name: 'returning'; readonly index: number; readonly since: number }
  | { readonly name: 'portrait'; readonly since: number; readonly goodFrames: number }
  | { readonly name: 'pictures'; readonly since: number }
  | { readonly name: 'ended' };

export interface Conducting {
  readonly attempt: 1 | 2;
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
  readonly step: Step;
  /** When the first frame came; the wait for a neutral face is counted from here, however often it starts over. */
  readonly framesSince: number | null;
  readonly view: FacePhase;
  readonly clock: RendererClock | null;
  /** Capture time of the last frame admitted. */
  readonly lastFrameAt: number | null;
  /** Kept frames, thinned and rounded: what will be judged. */
  readonly trace: readonly LandmarkFrame[];
  readonly watch: NeutralWatch;
  readonly prompts: readonly PromptRecord[];
  readonly keyFrames: readonly KeyFrame[];
  readonly portraits: readonly PortraitCandidate[];
  readonly asked: readonly AskedPicture[];
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
      readonly type: 'picture';
      readonly now: number;
      readonly requestId: number;
      readonly at: number;
      readonly jpeg: Uint8Array;
    }
  | { readonly type: 'tick'; readonly now: number };

export type ConductEffect =
  | { readonly type: 'view'; readonly view: FacePhase }
  | { readonly type: 'command'; readonly command: FaceCommand }
  /** Input that was not believed; a code for the log. */
  | { readonly type: 'refused'; readonly reason: string }
  /** Pixels that are not needed any more, to be zeroed. */
  | { readonly type: 'discard'; readonly bytes: Uint8Array }
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
  now,
  firstRequestId,
}: {
  readonly attempt: 1 | 2;
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
  readonly now: number;
  readonly firstRequestId: number;
}): Conducted {
  const view: FacePhase = { phase: 'starting-camera' };
  return {
    state: {
      attempt,
      plan,
      exchanges,
      step: { name: 'camera', since: now },
      framesSince: null,
      view,
      clock: null,
      lastFrameAt: null,
      trace: [],
      watch: NOTHING_SEEN,
      prompts: [],
      keyFrames: [],
      portraits: [],
      asked: [],
      nextRequestId: firstRequestId,
    },
    effects: [
      { type: 'view', view },
      { type: 'command', command: { type: 'start', attempt } },
    ],
  };
}

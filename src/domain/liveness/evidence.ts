import type { FaceEmbedding } from '../comparison/embedding.ts';
import type { Action } from './action.ts';
import type { FlashColour } from './flash-colour.ts';
import type { LandmarkFrame } from './landmark-frame.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a verdict was reached on; the registry reaches it again from the same bytes. */
export interface LivenessEvidence {
  readonly version: 1;
  /** Random id of the session, an input of every plan's commitment; at most 64 characters of ASCII. */
  readonly sessionId: string;
  readonly camera: CameraIdentity;
  /** One or two tries, in order. Only the last can have passed. */
  readonly tries: readonly LivenessTry[];
  /** Best frame after ISO/IEC 29794-5 measures, from the try that passed. */
  readonly portrait: Portrait | null;
  /** Plans that this terminal committed to and gave up since the packet before, oldest first. */
  readonly abandoned: readonly AbandonedPlan[];
}

/** A commitment without a verdict: whoever looks for a plan that suits leaves many of these. */
export interface AbandonedPlan {
  /** SHA-256, 32 bytes; stands in the audit chain twice, as committed to and as abandoned. */
  readonly commitment: Uint8Array;
  readonly reason: 'left' | 'superseded' | 'wiped';
}

/** Most that one packet tells of; more are told by the packets that follow. */
export const MOST_ABANDONED = 200;

/** The camera as the operating system names it; the renderer's label is not believed. */
export interface CameraIdentity {
  readonly source: 'system' | 'simulated';
  readonly driver: string;
  readonly busPath: string;
}

export interface LivenessTry {
  readonly attempt: 1 | 2;
  /** 32 random bytes, secret until the try has ended. */
  readonly seed: Uint8Array;
  /** SHA-256 over `eid-plan/v1` and the plan's inputs; entered the audit chain before the try began. */
  readonly commitment: Uint8Array;
  /** The registry's nonce when the terminal was online. */
  readonly registryNonce: Uint8Array | null;
  readonly exchanges: readonly Action[];
  readonly prompts: readonly PromptRecord[];
  /** Empty where flashes are switched off. */
  readonly flashes: readonly FlashRecord[];
  readonly trace: readonly LandmarkFrame[];
  readonly keyFrames: readonly KeyFrame[];
  readonly verdict: Verdict;
}

/** Times are milliseconds on the capture clock of the trace, so that one clock judges reaction. */
export interface PromptRecord {
  readonly action: Action;
  /** When the prompt stood on the screen. */
  readonly shownAt: number;
  /** When the prompt had been shown long enough to be read; the window starts here. */
  readonly opensAt: number;
  readonly closesAt: number;
}

/** A colour on the screen, times of the capture clock. */
export interface FlashRecord {
  readonly colour: FlashColour;
  readonly shownAt: number;
}

/** Largest pictures of the evidence, bytes. */
export const LARGEST_KEY_FRAME_BYTES = 48 * 1024;
export const LARGEST_PORTRAIT_BYTES = 64 * 1024;

export interface KeyFrame {
  readonly at: number;
  readonly purpose: 'neutral' | Action;
  /** JPEG, at most {@link LARGEST_KEY_FRAME_BYTES}. */
  readonly jpeg: Uint8Array;
  /** Whose face it shows; null where that could not be told. */
  readonly embedding: FaceEmbedding | null;
  /** The operator's own network's score, 0 (attack) to 1 (living); null without one. */
  readonly passive: number | null;
}

export interface Portrait {
  readonly attempt: 1 | 2;
  readonly at: number;
  /** JPEG, ICAO crop, at most {@link LARGEST_PORTRAIT_BYTES}. */
  readonly jpeg: Uint8Array;
  readonly embedding: FaceEmbedding | null;
  /** Each measure's score, 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
}

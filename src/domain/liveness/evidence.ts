import type { Action } from './action.ts';
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
}

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

/** Largest pictures of the evidence, bytes. */
export const LARGEST_KEY_FRAME_BYTES = 48 * 1024;
export const LARGEST_PORTRAIT_BYTES = 64 * 1024;

export interface KeyFrame {
  readonly at: number;
  readonly purpose: 'neutral' | Action;
  /** JPEG, at most {@link LARGEST_KEY_FRAME_BYTES}. */
  readonly jpeg: Uint8Array;
}

export interface Portrait {
  readonly attempt: 1 | 2;
  readonly at: number;
  /** JPEG, ICAO crop, at most {@link LARGEST_PORTRAIT_BYTES}. */
  readonly jpeg: Uint8Array;
  /** Each measure's score, 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
}

import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { UprightView } from './upright.ts';

/** What to take a picture of. */
export interface CaptureRequest {
  /** `portrait`: an ICAO crop of the best frame since the last portrait; `none`: the present frame as it is. */
  readonly crop: 'none' | 'portrait';
  /** Longest side, pixels. A smaller picture is not enlarged. */
  readonly size: number;
  /** JPEG quality, 0.1 to 1; lowered when the picture would be larger than the evidence may hold. */
  readonly quality: number;
}

export interface Capture {
  /** When the frame was taken, milliseconds on the page's `performance.now()` clock. */
  readonly at: number;
  readonly jpeg: Uint8Array;
}

/** Why there is no picture to give. */
export type NoCaptureReason = 'no-frame' | 'no-face' | 'stopped';

/** Page to worker. */
export type TrackerCommand =
  | {
      readonly type: 'load';
      /** Folder of the WebAssembly files and the model, on our own origin, without a slash at its end. */
      readonly files: string;
      /** The page's `performance.timeOrigin`, so that both clocks are one. */
      readonly timeOrigin: number;
    }
  | { readonly type: 'track'; readonly frames: ReadableStream<VideoFrame>; readonly view: UprightView }
  | { readonly type: 'begin' }
  | { readonly type: 'capture'; readonly id: number; readonly request: CaptureRequest }
  | { readonly type: 'stop' };

/** Worker to page. */
export type TrackerReport =
  | { readonly type: 'loaded' }
  | { readonly type: 'load-failed'; readonly detail: string }
  /** A frame could not be looked at, and no other will be until tracking is started again. */
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'frame'; readonly frame: LandmarkFrame; readonly tookMs: number }
  /** The camera was built in upside down, or its profile turns it so; told once. */
  | { readonly type: 'upside-down' }
  | { readonly type: 'captured'; readonly id: number; readonly capture: Capture }
  | { readonly type: 'not-captured'; readonly id: number; readonly reason: NoCaptureReason };

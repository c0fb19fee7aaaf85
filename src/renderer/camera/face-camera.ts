import type { CameraProfile } from '#contract/camera-profile.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { measureFrameRate } from './frame-rate.ts';
import { type CameraState, openCamera } from './open-camera.ts';
import { markPreview } from './preview.ts';
import { startTracker } from './tracker.ts';
import type { Capture, CaptureRequest } from './tracker-messages.ts';

export type { CameraState } from './open-camera.ts';
export { CaptureUnavailable } from './tracker.ts';
export type { Capture, CaptureRequest } from './tracker-messages.ts';
export { toWireFrame } from './wire-frame.ts';

export interface FaceCamera {
  /**
   * Opens the camera, shows it in `video` and tracks the face until {@link stop}, both as its profile says. A camera that cannot be opened is a
   * state, not an error; rejects only when the tracker's own files cannot be loaded.
   */
  start(video: HTMLVideoElement, profile: CameraProfile): Promise<CameraState>;
  /** A new try begins: the next portrait is chosen from the frames that follow. */
  begin(): void;
  /** Rejects with {@link CaptureUnavailable}. */
  capture(request: CaptureRequest): Promise<Capture>;
  /** Ends the camera and drops all pixels, even while `start` is under way. `start` may follow. */
  stop(): void;
}

/** Loads the tracker at once, so that it is ready when the camera is. */
export function createFaceCamera(options: {
  /** `tookMs` is what the worker needed for the frame. */
  onFrame(frame: LandmarkFrame, tookMs: number): void;
  /** The camera went away while it ran, or tracking broke off. */
  onEnded(): void;
  /** The camera delivers fewer frames than its profile asks for; told once, some seconds after its start. */
  onTooSlow(framesPerSecond: number): void;
  /** Faces are seen the wrong way up; told once, about a second after the first one. */
  onUpsideDown(): void;
}): FaceCamera {
  const tracker = startTracker({
    onFrame: options.onFrame,
    onUpsideDown: options.onUpsideDown,
    onFailed(detail) {
      console.error(`the face tracker broke off: ${detail}`);
      stop();
      options.onEnded();
    },
  });
  let shown: { readonly stream: MediaStream; readonly video: HTMLVideoElement } | null = null;
  /** Counts starts and stops, so that a start that was overtaken ends its own camera. */
  let turn = 0;
  let measuring = new AbortController();

  function stop(): void {
    turn += 1;
    measuring.abort();
    tracker.send({ type: 'stop' });
    if (shown) {
      end(shown.stream);
      shown.video.srcObject = null;
    }
    shown = null;
    tracker.refuseWaiting();
  }

  return {
    async start(video, profile) {
      stop();
      const own = turn;
      const { camera, live } = await openCamera(navigator.mediaDevices);
      if (!live) return camera;
      try {
        await tracker.loaded;
      } catch (error) {
        end(live.stream);
        throw error;
      }
      if (own !== turn) {
        end(live.stream);
        return camera;
      }
      shown = { stream: live.stream, video };
      live.track.addEventListener('ended', () => {
        if (own === turn) options.onEnded();
      });
      const { readable } = new MediaStreamTrackProcessor({ track: live.track, maxBufferSize: 1 });
      const { rotation, crop, minimumFrameRate } = profile;
      tracker.send({ type: 'track', frames: readable, view: { rotation, crop } }, [readable]);
      markPreview(video, profile);
      video.srcObject = live.stream;
      if (minimumFrameRate !== null) {
        measuring = new AbortController();
        measureFrameRate(video, {
          signal: measuring.signal,
          onMeasured: (rate) => {
            if (rate < minimumFrameRate) options.onTooSlow(rate);
          },
        });
      }
      await play(video);
      return camera;
    },
    begin: () => tracker.send({ type: 'begin' }),
    capture: (request) => tracker.capture(request),
    stop,
  };
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function play(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    // The element was taken away or given another stream meanwhile: the tracker does not need it.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

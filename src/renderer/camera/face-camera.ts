import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { type CameraState, openCamera } from './open-camera.ts';
import { startTracker } from './tracker.ts';
import type { Capture, CaptureRequest } from './tracker-messages.ts';

export type { CameraState } from './open-camera.ts';
export { CaptureUnavailable } from './tracker.ts';
export type { Capture, CaptureRequest } from './tracker-messages.ts';
export { toWireFrame } from './wire-frame.ts';

export interface FaceCamera {
  /**
   * Opens the camera, shows it in `video` and tracks the face until {@link stop}. A camera that cannot be opened is a
   * state, not an error; rejects only when the tracker's own files cannot be loaded.
   */
  start(video: HTMLVideoElement): Promise<CameraState>;
  /** A new try begins: the next portrait is chosen from the frames that follow. */
  begin(): void;
  /** Rejects with {@link CaptureUnavailable}. */
  capture(request: CaptureRequest): Promise<Capture>;
  /** Ends the camera and drops all pixels. `start` may follow. */
  stop(): void;
}

/** Loads the tracker at once, so that it is ready when the camera is. */
export function createFaceCamera(options: {
  /** `tookMs` is what the worker needed for the frame. */
  onFrame(frame: LandmarkFrame, tookMs: number): void;
  /** The camera went away while it ran. */
  onEnded(): void;
}): FaceCamera {
  const tracker = startTracker(options);
  let stream: MediaStream | null = null;
  let shownIn: HTMLVideoElement | null = null;

  function stop(): void {
    tracker.send({ type: 'stop' });
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    if (shownIn) shownIn.srcObject = null;
    shownIn = null;
    tracker.refuseWaiting();
  }

  return {
    async start(video) {
      stop();
      const opened = await openCamera(navigator.mediaDevices);
      if (!opened.live) return opened.camera;
      await tracker.loaded;
      const { stream: own, track } = opened.live;
      stream = own;
      shownIn = video;
      track.addEventListener('ended', () => {
        if (stream === own) options.onEnded();
      });
      const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
      tracker.send({ type: 'track', frames: readable }, [readable]);
      video.srcObject = own;
      await video.play();
      return opened.camera;
    },
    begin: () => tracker.send({ type: 'begin' }),
    capture: (request) => tracker.capture(request),
    stop,
  };
}

import { type CameraProfile, PLAIN_CAMERA } from '#contract/camera-profile.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { createFaceCamera, type FaceCamera, toWireFrame } from '#renderer/camera/face-camera.ts';

/** What the tests reach of the page: the product's camera, and what it gave. */
export interface CameraPage {
  readonly camera: FaceCamera;
  readonly video: HTMLVideoElement;
  /** A camera that is built in as most are. */
  readonly plain: CameraProfile;
  readonly frames: LandmarkFrame[];
  /** The worker's own time for each of {@link frames}, milliseconds. */
  readonly times: number[];
  readonly toWireFrame: typeof toWireFrame;
  ended: boolean;
  /** The rate that was too low for the profile, frames a second. */
  tooSlow: number | null;
  upsideDown: boolean;
  /** Puts a clip in place of the device: its first picture stands until {@link roll}, its last after it. */
  load(clip: Clip): void;
  roll(): void;
}

export interface Clip {
  readonly pictures: readonly ImageBitmap[];
  readonly framesPerSecond: number;
}

const video = document.querySelector('video');
if (!video) throw new Error('the page has no video element');
const frames: LandmarkFrame[] = [];
const times: number[] = [];
let rolling: number | null = null;

const page: CameraPage = {
  camera: createFaceCamera({
    onFrame(frame, tookMs) {
      frames.push(frame);
      times.push(tookMs);
    },
    onEnded() {
      page.ended = true;
    },
    onTooSlow(framesPerSecond) {
      page.tooSlow = framesPerSecond;
    },
    onUpsideDown() {
      page.upsideDown = true;
    },
  }),
  video,
  plain: PLAIN_CAMERA,
  frames,
  times,
  toWireFrame,
  ended: false,
  tooSlow: null,
  upsideDown: false,
  load(clip) {
    rolling = null;
    const stream = streamOf(clip);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(stream);
  },
  roll() {
    rolling = performance.now();
  },
};

function streamOf(clip: Clip): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  const stream = canvas.captureStream(clip.framesPerSecond);
  const paint = () => {
    const time = rolling === null ? 0 : performance.now() - rolling;
    const number = Math.floor((time * clip.framesPerSecond) / 1000);
    const picture = clip.pictures[Math.min(number, clip.pictures.length - 1)];
    if (!picture || !stream.active) return;
    context.drawImage(picture, 0, 0);
    setTimeout(paint, 1000 / clip.framesPerSecond);
  };
  paint();
  return stream;
}

Object.assign(window, { cameraPage: page });

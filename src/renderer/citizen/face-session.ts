import type { FaceCommand, WireFrame } from '#contract/station-api.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { FlashColour } from '#domain/liveness/flash-colour.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import {
  type CameraState,
  CaptureUnavailable,
  type FaceCamera,
  toWireFrame,
} from '#renderer/camera/face-camera.ts';
import type { StationClient } from './station-link.ts';

/** How often frames travel, milliseconds. */
const BATCH_EVERY = 100;
/** Most frames of one batch; older ones are dropped when the channel has stood still. */
const LARGEST_BATCH = 64;
/** The tracker's own files could not be loaded: without them no camera helps. */
const TRACKER_FAILED = { state: 'tracker-failed', label: '', deviceId: '', width: 0, height: 0 } as const;

/** Carries the camera's words to the station and the station's wishes to the camera. Judges nothing. */
export interface FaceSession {
  /** Loads the tracker, so that the face step does not begin with a wait. */
  prepare(): void;
  /** Opens the camera in `video` and reports what became of it. */
  open(video: HTMLVideoElement, attempt: 1 | 2): Promise<void>;
  close(): void;
  /** The prompt stands painted on the screen. */
  promptPainted(prompt: { readonly attempt: 1 | 2; readonly index: number; readonly action: Action }): void;
  /** The flash stands painted on the screen. */
  flashPainted(flash: {
    readonly attempt: 1 | 2;
    readonly index: number;
    readonly colour: FlashColour;
  }): void;
}

export function makeFaceSession(options: {
  readonly client: StationClient;
  readonly createCamera: (callbacks: {
    onFrame(frame: LandmarkFrame): void;
    onEnded(): void;
    onTooSlow(): void;
    onUpsideDown(): void;
  }) => FaceCamera;
  /** The page's monotonic clock, milliseconds: the one that frames are stamped with. */
  readonly now: () => number;
  /** Calls `task` every `milliseconds` until the returned function is called. */
  readonly every: (task: () => void, milliseconds: number) => () => void;
  readonly onFault: (error: unknown) => void;
}): FaceSession {
  const { client, onFault } = options;
  let camera: FaceCamera | null = null;
  let running: { attempt: 1 | 2; endBatches: () => void } | null = null;
  let waiting: WireFrame[] = [];
  let last: CameraState | null = null;

  function theCamera(): FaceCamera {
    camera ??= options.createCamera({
      onFrame(frame) {
        if (running === null) return;
        waiting.push(toWireFrame(frame));
        if (waiting.length > LARGEST_BATCH) waiting.shift();
      },
      onEnded: () => giveUp('ended'),
      onTooSlow: () => giveUp('too-slow'),
      onUpsideDown: () => giveUp('upside-down'),
    });
    return camera;
  }

  /** The camera ran, and is of no use any more. */
  function giveUp(state: 'ended' | 'too-slow' | 'upside-down'): void {
    if (running === null || last === null) return;
    close();
    tell(client.call('reportCamera', { ...last, state }));
  }

  function tell(call: Promise<unknown>): void {
    call.catch((error: unknown) => onFault(error));
  }

  function sendBatch(): void {
    if (running === null || waiting.length === 0) return;
    const frames = waiting;
    waiting = [];
    tell(client.call('sendFrames', { attempt: running.attempt, sentAt: options.now(), frames }));
  }

  async function sendKeyFrame(command: Extract<FaceCommand, { type: 'capture' }>): Promise<void> {
    const { requestId, crop, size, quality } = command;
    try {
      const { at, jpeg } = await theCamera().capture({ crop, size, quality });
      await client.call('sendKeyFrame', { requestId, at, jpeg: base64(jpeg) });
    } catch (error) {
      // Nobody was there to take a picture of: the station, which asked, notices that none came.
      if (!(error instanceof CaptureUnavailable)) onFault(error);
    }
  }

  function close(): void {
    running?.endBatches();
    running = null;
    waiting = [];
    camera?.stop();
  }

  client.on('face', (command) => {
    switch (command.type) {
      case 'start':
        if (running !== null) running.attempt = command.attempt;
        camera?.begin();
        return;
      case 'forget':
        camera?.begin();
        return;
      case 'capture':
        void sendKeyFrame(command);
        return;
      case 'stop':
        sendBatch();
        return;
    }
  });

  return {
    prepare() {
      theCamera();
    },
    async open(video, attempt) {
      close();
      const own = { attempt, endBatches: options.every(sendBatch, BATCH_EVERY) };
      running = own;
      try {
        const profile = await client.call('cameraProfile', {});
        if (running !== own) return;
        const state = await theCamera().start(video, profile);
        if (running !== own) return;
        last = state;
        tell(client.call('reportCamera', state));
        if (state.state !== 'running') close();
      } catch (error) {
        onFault(error);
        if (running !== own) return;
        close();
        // Another try loads it anew.
        camera = null;
        tell(client.call('reportCamera', TRACKER_FAILED));
      }
    },
    close,
    promptPainted: ({ attempt, index, action }) =>
      tell(client.call('reportPrompt', { attempt, index, action, at: options.now() })),
    flashPainted: ({ attempt, index, colour }) =>
      tell(client.call('reportFlash', { attempt, index, colour, at: options.now() })),
  };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

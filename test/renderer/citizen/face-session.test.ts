import { describe, expect, it } from 'vitest';
import { PLAIN_CAMERA } from '#contract/camera-profile.ts';
import type { FaceCommand, WireFrame } from '#contract/station-api.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { type CameraState, CaptureUnavailable, type FaceCamera } from '#renderer/camera/face-camera.ts';
import { makeFaceSession } from '#renderer/citizen/face-session.ts';
import type { StationClient } from '#renderer/citizen/station-link.ts';

const frameAt = (at: number): LandmarkFrame => ({
  at,
  width: 640,
  height: 480,
  faces: 0,
  points: null,
  secondFaceShare: 0,
  texture: null,
  colour: null,
  digest: 0,
  light: null,
});
const RUNNING: CameraState = { state: 'running', label: 'Cam', deviceId: 'd', width: 640, height: 480 };

/** A camera that lies on its side. */
const SIDEWAYS = { ...PLAIN_CAMERA, rotation: 90, minimumFrameRate: 15 } as const;

/** A camera, a station and a clock that do what the test says. */
function stage(
  options: {
    readonly camera?: CameraState;
    readonly start?: FaceCamera['start'];
    readonly capture?: FaceCamera['capture'];
  } = {},
) {
  let cameras = 0;
  const calls: { method: string; input: unknown }[] = [];
  const done: string[] = [];
  const faults: unknown[] = [];
  let command: ((command: FaceCommand) => void) | undefined;
  let tick: (() => void) | undefined;
  let callbacks:
    | { onFrame(frame: LandmarkFrame): void; onEnded(): void; onTooSlow(): void; onUpsideDown(): void }
    | undefined;
  const profiles: unknown[] = [];
  const client = {
    call(method: string, input: unknown) {
      calls.push({ method, input });
      return Promise.resolve(method === 'cameraProfile' ? SIDEWAYS : {});
    },
    on(_event: string, listener: (command: FaceCommand) => void) {
      command = listener;
    },
  } as unknown as StationClient;
  const camera: FaceCamera = {
    start: (video, profile) => {
      done.push('start');
      profiles.push(profile);
      return options.start?.(video, profile) ?? Promise.resolve(options.camera ?? RUNNING);
    },
    begin: () => done.push('begin'),
    capture: options.capture ?? (() => Promise.resolve({ at: 9, jpeg: Uint8Array.of(255, 216, 255) })),
    stop: () => done.push('stop'),
  };
  const session = makeFaceSession({
    client,
    createCamera: (given) => {
      callbacks = given;
      cameras += 1;
      return camera;
    },
    now: () => 1234,
    every: (task) => {
      tick = task;
      return () => {
        tick = undefined;
      };
    },
    onFault: (error) => faults.push(error),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    session,
    calls,
    done,
    faults,
    made: () => cameras,
    settle,
    open: () => session.open({} as HTMLVideoElement, 1),
    frame: (at: number) => callbacks?.onFrame(frameAt(at)),
    endCamera: () => callbacks?.onEnded(),
    cameraIsSlow: () => callbacks?.onTooSlow(),
    cameraIsUpsideDown: () => callbacks?.onUpsideDown(),
    profiles,
    tick: () => tick?.(),
    ticking: () => tick !== undefined,
    command: (given: FaceCommand) => command?.(given),
    sent: (method: string) => calls.filter((call) => call.method === method).map(({ input }) => input),
  };
}

describe('the face step’s camera', () => {
  it('is reported running, and its frames travel in batches, oldest first', async () => {
    const { open, frame, tick, sent } = stage();
    await open();
    expect(sent('reportCamera')).toEqual([RUNNING]);
    frame(1);
    frame(2);
    tick();
    tick();
    const batches = sent('sendFrames') as { attempt: number; sentAt: number; frames: WireFrame[] }[];
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({ attempt: 1, sentAt: 1234 });
    expect(batches[0]?.frames.map(({ at }) => at)).toEqual([1, 2]);
  });

  it('sends at most 64 frames at once, the newest, when the line stood still', async () => {
    const { open, frame, tick, sent } = stage();
    await open();
    for (let at = 1; at <= 100; at += 1) frame(at);
    tick();
    const [batch] = sent('sendFrames') as { frames: WireFrame[] }[];
    expect(batch?.frames).toHaveLength(64);
    expect(batch?.frames.at(-1)?.at).toBe(100);
  });

  it('is opened as the station says that it is built in', async () => {
    const { open, profiles, calls } = stage();
    await open();
    expect(profiles).toEqual([SIDEWAYS]);
    expect(calls[0]).toEqual({ method: 'cameraProfile', input: {} });
  });

  it('that delivers too few frames is closed and told by that name, once', async () => {
    const { open, cameraIsSlow, done, ticking, sent } = stage();
    await open();
    cameraIsSlow();
    cameraIsSlow();
    expect(done.at(-1)).toBe('stop');
    expect(ticking()).toBe(false);
    expect(sent('reportCamera')).toEqual([RUNNING, { ...RUNNING, state: 'too-slow' }]);
  });

  it('that was built in upside down is closed and told by that name', async () => {
    const { open, cameraIsUpsideDown, done, sent } = stage();
    await open();
    cameraIsUpsideDown();
    expect(done.at(-1)).toBe('stop');
    expect(sent('reportCamera')).toEqual([RUNNING, { ...RUNNING, state: 'upside-down' }]);
  });

  it('with too few pixels is reported so and not tracked', async () => {
    const small: CameraState = { ...RUNNING, state: 'too-small', width: 320, height: 240 };
    const { open, ticking, sent } = stage({ camera: small });
    await open();
    expect(sent('reportCamera')).toEqual([small]);
    expect(ticking()).toBe(false);
  });

  it('is not opened for a screen that went away while the station was asked', async () => {
    const { session, done, settle } = stage();
    const opening = session.open({} as HTMLVideoElement, 1);
    session.close();
    await opening;
    await settle();
    expect(done).not.toContain('start');
  });

  it('is closed and silent once the screen has gone', async () => {
    const { open, session, frame, ticking, done, sent } = stage();
    await open();
    session.close();
    frame(1);
    expect(ticking()).toBe(false);
    expect(done.at(-1)).toBe('stop');
    expect(sent('sendFrames')).toEqual([]);
  });

  it('that was refused is reported and not tracked', async () => {
    const refused: CameraState = { state: 'refused', label: '', deviceId: '', width: 0, height: 0 };
    const { open, ticking, sent } = stage({ camera: refused });
    await open();
    expect(sent('reportCamera')).toEqual([refused]);
    expect(ticking()).toBe(false);
  });

  it('without its tracker is reported at once as a problem, and another try loads the tracker anew', async () => {
    let broken = true;
    const { open, ticking, sent, faults, made } = stage({
      start: () => (broken ? Promise.reject(new Error('no model')) : Promise.resolve(RUNNING)),
    });
    await open();
    expect(sent('reportCamera')).toMatchObject([{ state: 'tracker-failed' }]);
    expect(ticking()).toBe(false);
    expect(faults).toHaveLength(1);
    broken = false;
    await open();
    expect(made()).toBe(2);
    expect(sent('reportCamera')[1]).toEqual(RUNNING);
  });

  it('that is pulled out in the middle is reported ended, once', async () => {
    const { open, endCamera, sent } = stage();
    await open();
    endCamera();
    endCamera();
    expect(sent('reportCamera')).toEqual([RUNNING, { ...RUNNING, state: 'ended' }]);
  });

  it('takes the picture that the station asks for', async () => {
    const { open, command, settle, sent } = stage();
    await open();
    command({ type: 'capture', requestId: 3, crop: 'none', size: 320, quality: 0.8 });
    await settle();
    expect(sent('sendKeyFrame')).toEqual([{ requestId: 3, at: 9, jpeg: '/9j/' }]);
  });

  it('sends no picture and calls it no fault when nobody stands there', async () => {
    const { open, command, settle, sent, faults } = stage({
      capture: () => Promise.reject(new CaptureUnavailable('no-face')),
    });
    await open();
    command({ type: 'capture', requestId: 3, crop: 'portrait', size: 640, quality: 0.9 });
    await settle();
    expect(sent('sendKeyFrame')).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('begins a try, and numbers its frames, when the station says so', async () => {
    const { open, command, frame, tick, done, sent } = stage();
    await open();
    command({ type: 'start', attempt: 2 });
    frame(1);
    tick();
    expect(done).toContain('begin');
    expect(sent('sendFrames')).toMatchObject([{ attempt: 2 }]);
  });

  it('reports a painted prompt with the page’s own clock', () => {
    const { session, sent } = stage();
    session.promptPainted({ attempt: 1, index: 2, action: 'blink' });
    expect(sent('reportPrompt')).toEqual([{ attempt: 1, index: 2, action: 'blink', at: 1234 }]);
  });

  it('reports a painted flash with the page’s own clock', () => {
    const { session, sent } = stage();
    session.flashPainted({ attempt: 2, index: 1, colour: 'green' });
    expect(sent('reportFlash')).toEqual([{ attempt: 2, index: 1, colour: 'green', at: 1234 }]);
  });
});

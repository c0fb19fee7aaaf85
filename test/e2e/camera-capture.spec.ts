import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { COORDINATE_UNITS_PER_PIXEL, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { CaptureRequest } from '#renderer/camera/face-camera.ts';
import { NEUTRAL_POSE } from '../citizens/head-pose.ts';
import { durationOf, idle, perform } from '../citizens/performance.ts';
import { BESIDE } from '../citizens/scene-view.ts';
import { y4mClip } from '../citizens/y4m.ts';
import { type OpenedCameraPage, ORIGIN, openCameraPage } from '../renderer/camera/camera-page.ts';
import { faceSignals } from '../renderer/camera/face-signals.ts';
import { type RecordedFrame, recordTrace } from '../renderer/camera/record-trace.ts';

/*
 * The way of a video frame through Chromium's own capture: a clip in its fake camera, getUserMedia, the tracker's
 * worker. Nothing of ours stands in for the camera here.
 */
const FRAMES_PER_SECOND = 12;
const NOSE_TIP = 1;
const BLINK_AT = 300;
const TURN_AT = BLINK_AT + durationOf('blink') + 100;
const LENGTH = TURN_AT + durationOf('turn-left') + 100;

test.describe('a clip in the fake camera', () => {
  let folder: string;
  let opened: OpenedCameraPage;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fake-camera-'));
    const clip = join(folder, 'clip.y4m');
    writeFileSync(clip, await renderedClip());
    opened = await openCameraPage({ fakeCamera: { clip }, withStudio: false });
  });
  test.afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('runs, and is tracked through its blinks and its turn to the left', async () => {
    const { page } = opened;
    const state = await page.evaluate(() =>
      window.cameraPage.camera.start(window.cameraPage.video, window.cameraPage.plain),
    );
    expect(state).toMatchObject({ state: 'running', width: 640, height: 480 });
    expect(state.deviceId).not.toBe('');

    // The clip loops: two lengths of it hold every movement once from beginning to end.
    const frames = await framesOver(2 * LENGTH);
    const signals = frames.map(faceSignals).filter((signal) => signal !== null);
    expect(signals.length).toBeGreaterThan(0.9 * frames.length);
    const open = middle(signals.map((signal) => signal.eyes));
    expect(open).toBeGreaterThan(0.2);
    expect(Math.min(...signals.map((signal) => signal.eyes))).toBeLessThan(0.62 * open);
    expect(Math.max(...signals.map((signal) => signal.yaw))).toBeGreaterThan(18);
    expect(Math.min(...signals.map((signal) => signal.yaw))).toBeGreaterThan(-8);
    expect(Math.max(...signals.map((signal) => signal.mouth))).toBeLessThan(0.2);
    for (const frame of frames) expect(frame).toMatchObject({ width: 640, height: 480, faces: 1 });
  });

  test("gives frames whose times lie on the page's own clock and only increase", async () => {
    const { before, times, after } = await opened.page.evaluate(async () => {
      const { frames } = window.cameraPage;
      frames.length = 0;
      const before = performance.now();
      while (frames.length < 10) await new Promise((resolve) => setTimeout(resolve, 50));
      return { before, times: frames.map((frame) => frame.at), after: performance.now() };
    });
    times.forEach((time, i) => {
      expect(time).toBeGreaterThan(times[i - 1] ?? before - 1000);
      expect(time).toBeLessThanOrEqual(after);
    });
  });

  test('gives the present frame, and a portrait with the proportions of ICAO', async () => {
    const whole = await capture({ crop: 'none', size: 320, quality: 0.8 });
    expect(jpegSize(whole)).toEqual({ width: 320, height: 240 });
    const portrait = await capture({ crop: 'portrait', size: 1024, quality: 0.9 });
    const { width, height } = jpegSize(portrait);
    expect(width / height).toBeGreaterThanOrEqual(0.75);
    expect(width / height).toBeLessThanOrEqual(0.8);
    // Not enlarged: what the camera saw of the head, 60 % of the width.
    expect(width).toBeGreaterThan(200);
    expect(width).toBeLessThan(400);
    expect(portrait.length).toBeLessThanOrEqual(64 * 1024);
  });

  test("asked nobody but its own origin, and nothing of it broke the page's policy", () => {
    expect(opened.requests.filter((address) => !address.startsWith(`${ORIGIN}/`))).toEqual([]);
    expect(opened.requests).toContain(`${ORIGIN}/face/face_landmarker.task`);
    expect(opened.complaints).toEqual([]);
  });

  test('gives no picture any more when it was stopped', async () => {
    const reason = await opened.page.evaluate(async () => {
      window.cameraPage.camera.stop();
      try {
        await window.cameraPage.camera.capture({ crop: 'none', size: 320, quality: 0.8 });
        return 'a picture';
      } catch (error) {
        return (error as { reason?: string }).reason;
      }
    });
    expect(reason).toBe('no-frame');
  });

  async function capture(request: CaptureRequest): Promise<Buffer> {
    const bytes = await opened.page.evaluate(
      async (asked) => [...(await window.cameraPage.camera.capture(asked)).jpeg],
      request,
    );
    return Buffer.from(bytes);
  }

  async function framesOver(length: number): Promise<readonly RecordedFrame[]> {
    return opened.page.evaluate(async (span) => {
      const { frames, toWireFrame } = window.cameraPage;
      const covered = () => (frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0);
      while (covered() < span) await new Promise((resolve) => setTimeout(resolve, 100));
      return frames.map(toWireFrame);
    }, length);
  }
});

test('a bystander who was seen first is left for the citizen who steps before the terminal', async () => {
  const { page, close } = await openCameraPage({ withStudio: true });
  try {
    const STEPS_IN_AT = 30;
    const OUT_OF_VIEW = 4;
    const { frames } = await recordTrace({
      page,
      heads: ['lin', 'mei'],
      views: Array.from({ length: 75 }, (_, i) => ({
        people: [
          { head: 'lin' as const, pose: { ...NEUTRAL_POSE, x: i < STEPS_IN_AT ? OUT_OF_VIEW : 0 } },
          { head: 'mei' as const, pose: { ...NEUTRAL_POSE, ...BESIDE } },
        ],
      })),
      framesPerSecond: 15,
    });
    const alone = frames.filter(({ faces }) => faces === 1);
    expect(alone.length).toBeGreaterThan(0);
    // The bystander stands in the left third, the citizen in the middle.
    for (const frame of alone) expect(noseX(frame)).toBeLessThan(0.35);
    const last = frames.slice(-10);
    for (const frame of last) {
      expect(frame.faces).toBe(2);
      expect(Math.abs((noseX(frame) ?? 0) - 0.5)).toBeLessThan(0.1);
      expect(frame.secondFaceShare).toBeLessThan(1);
    }
  } finally {
    await close();
  }
});

test('a terminal without a camera says that it is missing', async () => {
  expect(await stateOf({ withStudio: false })).toBe('missing');
});

test('a camera that may not be used is refused', async () => {
  const options = { withStudio: false, fakeCamera: 'test-pattern', allowed: false } as const;
  expect(await stateOf(options)).toBe('refused');
});

async function stateOf(options: Parameters<typeof openCameraPage>[0]): Promise<string> {
  const { page, close } = await openCameraPage(options);
  try {
    return await page.evaluate(
      async () =>
        (await window.cameraPage.camera.start(window.cameraPage.video, window.cameraPage.plain)).state,
    );
  } finally {
    await close();
  }
}

/** Where the tip of the nose is, as a share of the frame's width. */
function noseX(frame: RecordedFrame): number | null {
  if (frame.points === null) return null;
  const at = 6 * (TRACKED_POINTS as readonly number[]).indexOf(NOSE_TIP);
  const pixels = Buffer.from(frame.points, 'base64').readInt16LE(at) / COORDINATE_UNITS_PER_PIXEL;
  return pixels / frame.width;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Size from the frame header (ITU T.81, B.2.2): FF C0 to C2, length, precision, height, width. */
function jpegSize(jpeg: Buffer): { width: number; height: number } {
  let at = 2;
  while (at + 9 < jpeg.length) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
    }
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  throw new Error('no frame header in the JPEG');
}

async function renderedClip(): Promise<Buffer> {
  const { page, close } = await openCameraPage({ withStudio: true });
  try {
    await page.evaluate(() => window.studio.load(['lin']));
    const pictures: Buffer[] = [];
    for (let time = 0; time < LENGTH; time += 1000 / FRAMES_PER_SECOND) {
      const blinking = perform({ action: 'blink', time: time - BLINK_AT }, idle(time, { blinking: false }));
      const pose =
        time < TURN_AT ? blinking : perform({ action: 'turn-left', time: time - TURN_AT }, blinking);
      const url = await page.evaluate(
        (view) => window.studio.picture(view, { type: 'image/png', quality: 1 }),
        { people: [{ head: 'lin' as const, pose }] },
      );
      pictures.push(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
    }
    return y4mClip(pictures, FRAMES_PER_SECOND);
  } finally {
    await close();
  }
}

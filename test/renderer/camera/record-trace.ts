import type { Page } from 'playwright-core';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { View } from '../../citizens/page/citizen-scene.ts';
import type { Studio } from '../../citizens/page/studio.ts';
import type { CameraPage } from './page/main.ts';

declare global {
  interface Window {
    studio: Studio;
    cameraPage: CameraPage;
  }
}

export type RecordedFrame = Omit<LandmarkFrame, 'points'> & { readonly points: string | null };

export interface Recording {
  /** Landmark frames, points as base64 of little-endian Int16. */
  readonly frames: readonly RecordedFrame[];
  /** The worker's time for each, milliseconds. */
  readonly times: readonly number[];
}

/** Renders the views beforehand, then plays them once to the product's camera and keeps what it reported. */
export async function recordTrace(options: {
  readonly page: Page;
  readonly head: string;
  readonly other: string | null;
  readonly views: readonly View[];
  readonly framesPerSecond: number;
  /** Plays the clip again until this many frames were tracked. */
  readonly atLeast?: number;
}): Promise<Recording> {
  const { page, head, other, views, framesPerSecond } = options;
  const atLeast = options.atLeast ?? 0;
  await page.evaluate(([first, second]) => window.studio.setHeads(first, second), [head, other] as const);
  return page.evaluate(
    async ({ views, framesPerSecond, atLeast }) => {
      const { cameraPage, studio } = window;
      const pictures: ImageBitmap[] = [];
      for (const view of views) pictures.push(await studio.bitmap(view));
      const wait = (time: number) => {
        if (cameraPage.ended) throw new Error('the tracker broke off');
        return new Promise((resolve) => setTimeout(resolve, time));
      };
      cameraPage.frames.length = 0;
      cameraPage.load({ pictures, framesPerSecond });
      await cameraPage.camera.start(cameraPage.video, cameraPage.plain);
      // The first frames of a tracker are slow; the clip waits for them.
      while (cameraPage.frames.length < 10) await wait(20);
      cameraPage.frames.length = 0;
      cameraPage.times.length = 0;
      const length = (pictures.length / framesPerSecond) * 1000;
      do {
        cameraPage.roll();
        await wait(length);
      } while (cameraPage.frames.length < atLeast);
      const frames = cameraPage.frames.map(cameraPage.toWireFrame);
      const times = cameraPage.times.slice();
      cameraPage.camera.stop();
      for (const picture of pictures) picture.close();
      return { frames, times };
    },
    { views, framesPerSecond, atLeast },
  );
}

import type { Page } from 'playwright-core';
import type { HeadId } from '../../citizens/citizen-controls.ts';
import type { ObservedFrame, Observer } from '../../citizens/page/observer.ts';
import type { Studio } from '../../citizens/page/studio.ts';
import type { View } from '../../citizens/scene-view.ts';
import type { CameraPage } from './page/main.ts';

declare global {
  interface Window {
    studio: Studio;
    observer: Observer;
    cameraPage: CameraPage;
  }
}

/** Points as base64 of little-endian Int16. */
export type RecordedFrame = ObservedFrame;

export interface Recording {
  readonly frames: readonly RecordedFrame[];
  /** The worker's time for each, milliseconds. */
  readonly times: readonly number[];
}

/** Renders the views beforehand, then plays them once to the product's camera and keeps what it reported. */
export async function recordTrace(options: {
  readonly page: Page;
  /** Everybody whom the views show. */
  readonly heads: readonly HeadId[];
  readonly views: readonly View[];
  readonly framesPerSecond: number;
  /** Plays the clip again until this many frames were tracked. */
  readonly atLeast?: number;
}): Promise<Recording> {
  const { page, heads, views, framesPerSecond } = options;
  const atLeast = options.atLeast ?? 0;
  await page.evaluate((ids) => window.studio.load(ids), heads);
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

/** What the product reads out of views in virtual time; the page must have been opened with an observer. */
export async function observeViews(options: {
  readonly page: Page;
  readonly heads: readonly HeadId[];
  readonly moments: readonly { readonly view: View; readonly at: number }[];
}): Promise<readonly RecordedFrame[]> {
  const { page, heads, moments } = options;
  return page.evaluate(
    async ({ heads, moments }) => {
      const { studio, observer } = window;
      await studio.load(heads);
      await observer.begin();
      return moments.map((moment) => observer.observe(moment));
    },
    { heads, moments },
  );
}

import type { Page } from 'playwright-core';
import type { View } from '../../citizens/scene-view.ts';
import type { Backend } from './human-page.ts';

/** Milliseconds for each picture in which a face was found. */
export interface Times {
  readonly own: readonly number[];
  readonly other: readonly number[];
}

declare global {
  interface Window {
    benchPictures: readonly ImageBitmap[];
  }
}

/** Renders what both sides look at; it stays in the page. */
export async function renderPictures(page: Page, views: readonly View[]): Promise<void> {
  await page.evaluate(async (views) => {
    const { studio } = window;
    await studio.load(['lin']);
    const pictures: ImageBitmap[] = [];
    for (const view of views) pictures.push(await studio.bitmap(view));
    window.benchPictures = pictures;
  }, views);
}

/** Plays the pictures to the product's camera as a clip; the tracker's worker tells its own times. */
export function trackPictures(
  page: Page,
  options: { readonly framesPerSecond: number; readonly atLeast: number },
): Promise<readonly number[]> {
  return page.evaluate(async ({ framesPerSecond, atLeast }) => {
    const { cameraPage, benchPictures: pictures } = window;
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
    do {
      cameraPage.roll();
      await wait((pictures.length / framesPerSecond) * 1000);
    } while (cameraPage.frames.length < atLeast);
    const times = cameraPage.times.filter((_, i) => cameraPage.frames[i]?.points);
    cameraPage.camera.stop();
    return times;
  }, options);
}

/** Loads the other library and lets it see some pictures, so that its kernels are compiled. */
export function loadOther(page: Page, backend: Backend): Promise<void> {
  return page.evaluate(async (backend) => {
    const { human, benchPictures } = window;
    await human.load(backend);
    for (const picture of benchPictures.slice(0, 5)) await human.detect(picture);
  }, backend);
}

/** Every so-manieth of the pictures, one after the other. */
export function detectPictures(page: Page, every: number): Promise<readonly number[]> {
  return page.evaluate(async (every) => {
    const times: number[] = [];
    for (const [i, picture] of window.benchPictures.entries()) {
      if (i % every !== 0) continue;
      const { took, faces } = await window.human.detect(picture);
      if (faces > 0) times.push(took);
    }
    return times;
  }, every);
}

import type { BrowserContext } from 'playwright-core';
import { idle, perform } from '../citizens/performance.ts';
import type { View } from '../citizens/scene-view.ts';
import { ORIGIN, openCameraPage } from '../renderer/camera/camera-page.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';
import { humanFiles } from './face/human-files.ts';
import type { Backend } from './face/human-page.ts';
import { detectPictures, loadOther, renderPictures, trackPictures } from './face/play-frames.ts';

/**
 * From a video frame of 640x480 in the tracker's worker to the landmark frame it reports, with everything on: copying,
 * landmarks, light, colour, digest, pattern, frame and the choice of the portrait. Beside it, in the same browser and on
 * the same pictures, `@vladmandic/human` with mesh, iris, antispoof and liveness, on its faster backend; its own caching
 * stays as it comes (it looks for spoofs every few seconds only). The pictures are rendered before anything is measured,
 * and the two take turns, so that a busy machine is as busy for both.
 */
const FRAMES = 120;
const FRAMES_PER_SECOND = 30;
const TURNS = 2;
const OTHER_LOOKS_AT_EVERY = 4;
const BACKENDS: readonly Backend[] = ['wasm', 'webgl'];

export async function* run(): AsyncIterable<BenchLine> {
  const { page, close } = await openCameraPage({ withStudio: true, prepare: serveHuman });
  try {
    await renderPictures(page, views());
    await page.evaluate((address) => import(address), `${ORIGIN}/human/human.js`);
    const own: number[] = [];
    const other: Record<Backend, number[]> = { wasm: [], webgl: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      own.push(...(await trackPictures(page, { framesPerSecond: FRAMES_PER_SECOND, atLeast: 100 })));
      for (const backend of BACKENDS) {
        await loadOther(page, backend);
        other[backend].push(...(await detectPictures(page, OTHER_LOOKS_AT_EVERY)));
      }
    }
    yield line('ms_median', median(own), own);
    yield line('ms_p95', quantile(own, 0.95), own);
    for (const backend of BACKENDS)
      yield line(`human_${backend}_ms_median`, median(other[backend]), other[backend]);
    const faster = BACKENDS.map((backend) => other[backend]).sort((a, b) => median(a) - median(b))[0] ?? [];
    yield { ...line('human_over_own', median(faster) / median(own), faster), unit: 'ratio' };
  } finally {
    await close();
  }
}

/** A head that blinks and turns, with a camera's noise. */
function views(): readonly View[] {
  return Array.from({ length: FRAMES }, (_, i) => {
    const time = (i * 1000) / FRAMES_PER_SECOND;
    const pose = perform({ action: 'turn-left', time: time - 1500 }, idle(time, { blinking: true }));
    return { people: [{ head: 'lin', pose }], noise: { seed: 1, frame: i, level: 2 } };
  });
}

async function serveHuman(context: BrowserContext): Promise<void> {
  const files = new Map((await humanFiles()).map((file) => [`/human/${file.name}`, file]));
  await context.route(`${ORIGIN}/human/**`, async (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    if (file) await route.fulfill({ body: file.body, contentType: file.contentType });
    else await route.abort();
  });
}

function line(metric: string, value: number, samples: readonly number[]): BenchLine {
  return { bench: 'face', metric, value: Number(value.toFixed(2)), unit: 'ms', n: samples.length };
}

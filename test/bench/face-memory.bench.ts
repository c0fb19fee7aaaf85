import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { idle } from '../citizens/performance.ts';
import { openCameraPage } from '../renderer/camera/camera-page.ts';
import type { BenchLine } from './bench-line.ts';
import { renderPictures } from './face/play-frames.ts';

/**
 * Whether the renderer's memory stays flat over many citizens: a hundred times the camera is opened in one page, a face
 * is tracked for a second, a portrait is taken, and the camera is closed. The page's JavaScript heap after a forced
 * collection, and the resident memory of the renderer's process, which holds the tracker's worker and its pixels too.
 */
const SESSIONS = 100;
const TOLD_AT: readonly number[] = [10, 50, 100];
const TRACKED_FOR = 1000;

export async function* run(): AsyncIterable<BenchLine> {
  const { page, close } = await openCameraPage({ withStudio: true });
  try {
    const views = Array.from({ length: 30 }, (_, i) => ({
      people: [{ head: 'lin' as const, pose: idle(i * 33, { blinking: true }) }],
      noise: { seed: 1, frame: i, level: 2 },
    }));
    await renderPictures(page, views);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.enable');
    const measured: { readonly session: number; readonly heap: number; readonly resident: number }[] = [];
    for (let session = 1; session <= SESSIONS; session++) {
      await oneSession(page);
      if (session % 10 !== 0) continue;
      const now = { session, heap: await heapOf(devtools), resident: await residentOf(page) };
      measured.push(now);
      if (!TOLD_AT.includes(session)) continue;
      yield line(`heap_mb_at_${session}`, now.heap, 'MB');
      yield line(`resident_mb_at_${session}`, now.resident, 'MB');
    }
    yield line('heap_kb_a_session', 1024 * slope(measured.map(({ session, heap }) => [session, heap])), 'KB');
    const resident = measured.map(({ session, resident }) => [session, resident] as const);
    yield line('resident_kb_a_session', 1024 * slope(resident), 'KB');
  } finally {
    await close();
  }
}

function oneSession(page: Page): Promise<void> {
  return page.evaluate(async (trackedFor) => {
    const { cameraPage, benchPictures: pictures } = window;
    cameraPage.frames.length = 0;
    cameraPage.times.length = 0;
    cameraPage.load({ pictures, framesPerSecond: 30 });
    await cameraPage.camera.start(cameraPage.video, cameraPage.plain);
    cameraPage.roll();
    const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
    await wait(trackedFor);
    // A busy machine may not have got to the first face yet.
    while (!cameraPage.frames.some(({ light }) => light)) {
      if (cameraPage.ended) throw new Error('the tracker broke off');
      await wait(100);
    }
    await cameraPage.camera.capture({ crop: 'portrait', size: 600, quality: 0.9 });
    cameraPage.camera.stop();
  }, TRACKED_FOR);
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** Resident memory of the page's process, as the kernel counts it. */
async function residentOf(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('no browser');
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return Math.max(...sizes) / 1024;
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point[0])), mean(points.map((point) => point[1]))];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function line(metric: string, value: number, unit: string): BenchLine {
  return { bench: 'face-memory', metric, value: Number(value.toFixed(1)), unit, n: SESSIONS };
}

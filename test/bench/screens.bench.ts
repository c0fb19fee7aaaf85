import { chromium } from 'playwright-core';
import { LANGUAGES } from '#domain/language.ts';
import { QUIET_SWITCHES } from '#shell/chromium/chromium-host.ts';
import { ORIGIN, serveBuiltPages, standInForCamera, standInForStation } from '../e2e/screens/citizen-page.ts';
import { SCENES } from '../e2e/screens/scenes.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';

const ROUNDS = 3;

/**
 * From a snapshot's arrival in the page to the frame that shows it, for every screen in every state and both
 * languages: what the screens themselves add to the way from a touch to the next screen.
 */
export async function* run(): AsyncIterable<BenchLine> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET_SWITCHES],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
    await serveBuiltPages(context);
    const page = await context.newPage();
    await standInForCamera(page);
    const [first] = SCENES;
    if (first === undefined) throw new Error('there are no scenes');
    await standInForStation(page, { ...first.snapshot, number: 0, language: 'zh-CN' });
    await page.goto(`${ORIGIN}/citizen/index.html`);
    await page.waitForSelector('.stage');
    const samples: number[] = [];
    let number = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const language of LANGUAGES) {
        for (const { snapshot } of SCENES) {
          number += 1;
          samples.push(await page.evaluate(timeToPaint, { ...snapshot, number, language }));
        }
      }
    }
    const line = (metric: string, value: number): BenchLine => ({
      bench: 'screens',
      metric,
      value: Math.round(value * 10) / 10,
      unit: 'ms',
      n: samples.length,
    });
    yield line('ms_median_snapshot_to_frame', median(samples));
    yield line('ms_p95_snapshot_to_frame', quantile(samples, 0.95));
    yield line('ms_max_snapshot_to_frame', quantile(samples, 1));
  } finally {
    await browser.close();
  }
}

/** Runs in the page. A task that is queued from an animation frame runs after that frame was drawn. */
function timeToPaint(snapshot: unknown): Promise<number> {
  return new Promise((done) => {
    const { testStation } = window as unknown as { testStation: { show(snapshot: unknown): void } };
    const begin = performance.now();
    testStation.show(snapshot);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - begin);
      port2.postMessage(null);
    });
  });
}

import type { Page } from 'playwright-core';
import type { ChromiumHost } from '#shell/chromium/chromium-host.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';
import { runTerminal, shows } from './running-terminal.ts';

/** One fewer than the rule allows within five minutes, so that its growing gaps are all in the numbers. */
const CRASHES = 7;

/** From a crash of the renderer in the middle of a visit to the same screen drawn by a new one. */
export async function* run(): AsyncIterable<BenchLine> {
  const { terminal, close } = await runTerminal('crash');
  try {
    const { host } = terminal;
    await host.citizenPage().locator('[data-event="start"]').first().click();
    await shows(host.citizenPage(), 'language');
    const samples: number[] = [];
    for (let crash = 0; crash < CRASHES; crash += 1) samples.push(await timeCrash(host));
    const line = (metric: string, value: number): BenchLine => ({
      bench: 'crash',
      metric,
      value: Math.round(value),
      unit: 'ms',
      n: samples.length,
    });
    yield { ...line('ms_first_crash_to_same_screen', samples[0] ?? Number.NaN), n: 1 };
    yield line('ms_median_crash_to_same_screen', median(samples));
    yield line('ms_max_crash_to_same_screen', quantile(samples, 1));
  } finally {
    await close();
  }
}

async function timeCrash(host: ChromiumHost): Promise<number> {
  const crashing = host.citizenPage();
  const session = await host.context.newCDPSession(crashing);
  const begin = performance.now();
  // The call never answers: its page is gone.
  session.send('Page.crash').catch(() => undefined);
  await shows(await successor(host, crashing), 'language');
  return performance.now() - begin;
}

async function successor(host: ChromiumHost, before: Page): Promise<Page> {
  while (host.citizenPage() === before) await new Promise((resolve) => setTimeout(resolve, 5));
  return host.citizenPage();
}

import { type BenchLine, median, quantile } from './bench-line.ts';
import { runTerminal, shows } from './running-terminal.ts';

const ROUNDS = 15;

/** Where a touch leads, over and over: from the first choice to the consent and back. */
const WAY = [
  { touch: 'main [data-event="choose-language"][data-language="en"]', next: 'visit' },
  { touch: '[data-event="choose-visit"][data-visit="full"]', next: 'consent' },
  { touch: '[data-event="back"]', next: 'visit' },
  { touch: '[data-event="back"]', next: 'language' },
] as const;

/** From a touch to the frame that shows the next screen, through the real station and back. */
export async function* run(): AsyncIterable<BenchLine> {
  const { terminal, close } = await runTerminal('touch');
  try {
    const page = terminal.host.citizenPage();
    await page.locator('[data-event="start"]').first().click();
    await shows(page, 'language');
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const step of WAY) samples.push(await page.evaluate(timeTouch, step));
    }
    const line = (metric: string, value: number): BenchLine => ({
      bench: 'touch',
      metric,
      value: Math.round(value * 10) / 10,
      unit: 'ms',
      n: samples.length,
    });
    yield line('ms_median_touch_to_next_screen', median(samples));
    yield line('ms_p95_touch_to_next_screen', quantile(samples, 0.95));
    yield line('ms_max_touch_to_next_screen', quantile(samples, 1));
  } finally {
    await close();
  }
}

/**
 * Runs in the page. Waits until a button can be touched: a screen takes no touch in its first moment, so that a second
 * tap does not answer a question that nobody has read. A task that is queued from an animation frame runs after that
 * frame was drawn.
 */
function timeTouch(step: { readonly touch: string; readonly next: string }): Promise<number> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`no ${step.next} after ${step.touch}`)), 20_000);
    const shown = () => document.querySelector(`[data-screen="${step.next}"]`) !== null;
    const drawn = (action: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = action;
        port2.postMessage(null);
      });
    const touch = () => {
      const target = [...document.querySelectorAll<HTMLButtonElement>(step.touch)].find(
        (element) => element.offsetParent !== null && !element.disabled,
      );
      if (target === undefined) {
        requestAnimationFrame(touch);
        return;
      }
      const begin = performance.now();
      const observer = new MutationObserver(() => {
        if (!shown()) return;
        observer.disconnect();
        clearTimeout(late);
        drawn(() => done(performance.now() - begin));
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      target.click();
    };
    touch();
  });
}

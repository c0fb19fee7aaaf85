import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { LANGUAGES } from '#domain/language.ts';
import { QUIET_SWITCHES } from '#shell/chromium/chromium-host.ts';
import {
  ORIGIN,
  serveBuiltPages,
  show,
  standInForCamera,
  standInForStation,
} from '../../test/e2e/screens/citizen-page.ts';
import { SCENES } from '../../test/e2e/screens/scenes.ts';

/**
 * Pictures of every screen in both languages: the two visits do not come past the troubles that most screens are for.
 * Returns how many were taken.
 */
export async function pictureEveryScreen(folder: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET_SWITCHES],
  });
  const scenes = SCENES.filter(({ pictured }) => pictured);
  let taken = 0;
  for (const language of LANGUAGES) {
    const pictures = join(folder, language);
    mkdirSync(pictures, { recursive: true });
    const context = await browser.newContext({
      viewport: { width: 1080, height: 1920 },
      reducedMotion: 'reduce',
    });
    await serveBuiltPages(context);
    const page = await context.newPage();
    await standInForCamera(page);
    const [first] = scenes;
    if (first === undefined) throw new Error('there are no scenes');
    await standInForStation(page, { ...first.snapshot, number: 0, language });
    await page.goto(`${ORIGIN}/citizen/index.html`);
    await page.waitForSelector('.stage');
    for (const [index, { name, snapshot }] of scenes.entries()) {
      await show(page, { ...snapshot, number: index + 1, language });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
      taken += 1;
    }
    await context.close();
  }
  await browser.close();
  return taken;
}

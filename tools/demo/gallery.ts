import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { LANGUAGES, type Language } from '#domain/language.ts';
import { QUIET_SWITCHES } from '#shell/chromium/chromium-host.ts';
import {
  ORIGIN,
  serveBuiltPages,
  show,
  standInForCamera,
  standInForStation,
} from '../../test/e2e/screens/citizen-page.ts';
import { SCENES } from '../../test/e2e/screens/scenes.ts';

/** Displays that the screens are drawn for. */
const SIZES = {
  'portrait 1080x1920': { width: 1080, height: 1920 },
  'landscape 1920x1080': { width: 1920, height: 1080 },
  'laptop 1366x768': { width: 1366, height: 768 },
} as const;

/**
 * Pictures of every screen in three sizes and both languages: visits do not come past the troubles that most screens
 * are for. Returns how many were taken.
 */
export async function pictureEveryScreen(folder: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET_SWITCHES],
  });
  let taken = 0;
  for (const [size, viewport] of Object.entries(SIZES)) {
    const sets = LANGUAGES.map((language) =>
      pictureScreens({ browser, viewport, language, pictures: join(folder, `${size} ${language}`) }),
    );
    for (const count of await Promise.all(sets)) taken += count;
  }
  await browser.close();
  return taken;
}

async function pictureScreens(options: {
  readonly browser: Browser;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly language: Language;
  readonly pictures: string;
}): Promise<number> {
  const { browser, viewport, language, pictures } = options;
  mkdirSync(pictures, { recursive: true });
  const scenes = SCENES.filter(({ pictured }) => pictured);
  const [first] = scenes;
  if (first === undefined) throw new Error('there are no scenes');
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  await serveBuiltPages(context);
  const page = await context.newPage();
  await standInForCamera(page);
  await standInForStation(page, { ...first.snapshot, number: 0, language });
  await page.goto(`${ORIGIN}/citizen/index.html`);
  await page.waitForSelector('.stage');
  for (const [index, { name, snapshot }] of scenes.entries()) {
    await show(page, { ...snapshot, number: index + 1, language });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }
  await context.close();
  return scenes.length;
}

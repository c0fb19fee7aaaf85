import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { LANGUAGES, type Language } from '#domain/language.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { QUIET_SWITCHES } from '#shell/chromium/chromium-host.ts';
import {
  ORIGIN,
  serveBuiltPages,
  show,
  standInForCamera,
  standInForStation,
} from '../../test/e2e/screens/citizen-page.ts';

/** Displays that the screens are drawn for. */
export const DISPLAYS = {
  'portrait 1080x1920': { width: 1080, height: 1920 },
  'landscape 1920x1080': { width: 1920, height: 1080 },
  'laptop 1366x768': { width: 1366, height: 768 },
} as const;
export type Display = keyof typeof DISPLAYS;

/** A screen to be pictured; `file` has no ending and may name folders. */
export interface PicturedScreen {
  readonly file: string;
  readonly snapshot: Omit<Snapshot, 'number' | 'language'>;
}

/**
 * Draws each screen on the built pages for each display in both languages, into
 * `<folder>/<display> <language>/<file>.png`. Returns how many pictures were taken.
 */
export async function drawGallery(options: {
  readonly folder: string;
  readonly screens: readonly PicturedScreen[];
  readonly displays: readonly Display[];
}): Promise<number> {
  const { folder, screens, displays } = options;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET_SWITCHES],
  });
  let taken = 0;
  for (const display of displays) {
    const viewport = DISPLAYS[display];
    const sets = LANGUAGES.map((language) =>
      drawSet({ browser, viewport, language, screens, folder: join(folder, `${display} ${language}`) }),
    );
    for (const count of await Promise.all(sets)) taken += count;
  }
  await browser.close();
  return taken;
}

async function drawSet(options: {
  readonly browser: Browser;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly language: Language;
  readonly screens: readonly PicturedScreen[];
  readonly folder: string;
}): Promise<number> {
  const { browser, viewport, language, screens, folder } = options;
  const [first] = screens;
  if (first === undefined) throw new Error('there are no screens');
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  await serveBuiltPages(context);
  const page = await context.newPage();
  await standInForCamera(page);
  await standInForStation(page, { ...first.snapshot, number: 0, language });
  await page.goto(`${ORIGIN}/citizen/index.html`);
  await page.waitForSelector('.stage');
  const drawn = await context.newCDPSession(page);
  for (const [index, { file, snapshot }] of screens.entries()) {
    await show(page, { ...snapshot, number: index + 1, language });
    const path = join(folder, `${file}.png`);
    mkdirSync(dirname(path), { recursive: true });
    // Playwright's own way packs each picture as tightly as can be, which takes longer than drawing it.
    const { data } = await drawn.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    writeFileSync(path, data, 'base64');
  }
  await context.close();
  return screens.length;
}

import type { Page } from '@playwright/test';
import type { Language } from '#domain/language.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { ORIGIN, serveBuiltPages, standInForCamera, standInForStation } from './citizen-page.ts';
import { SCENES, type Scene } from './scenes.ts';

let number = 0;
/** A scene as a snapshot that is newer than all before it. */
export function snapshotOf(scene: Scene, language: Language): Snapshot {
  number += 1;
  return { ...scene.snapshot, number, language };
}

export function sceneNamed(name: string): Scene {
  const found = SCENES.find((scene) => scene.name === name);
  if (!found) throw new Error(`no scene is called ${name}`);
  return found;
}

/** Opens the built page at a scene; returns what went wrong in it, a list that grows. */
export async function openAt(page: Page, first: Scene, language: Language): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // The TensorFlow runtime inside the tracker writes its greetings to console.error.
    if (
      message.type() === 'error' &&
      /Content Security Policy|is not a function|undefined/.test(message.text())
    ) {
      problems.push(message.text());
    }
  });
  await serveBuiltPages(page.context());
  await standInForCamera(page);
  await standInForStation(page, snapshotOf(first, language));
  await page.goto(`${ORIGIN}/citizen/index.html`);
  await page.waitForSelector('.stage');
  return problems;
}

import type { Page } from '@playwright/test';
import type { ScreenName } from '#domain/session/snapshot.ts';

/** Null while a page is being loaded or closed. */
export async function screenOn(page: Page): Promise<ScreenName | null> {
  return look(page, () => {
    const root = document.querySelector<HTMLElement>('[data-screen]');
    return (root?.dataset.screen as ScreenName | undefined) ?? null;
  });
}

/** Touches "more time" and "use this picture" when it is asked, as whoever stands there would. */
export async function stayAwake(page: Page): Promise<void> {
  await askForMoreTime(page);
  await look(page, () => document.querySelector<HTMLElement>('[data-event="keep-portrait"]')?.click());
}

export async function askForMoreTime(page: Page): Promise<void> {
  await look(page, () => document.querySelector<HTMLElement>('[data-event="more-time"]')?.click());
}

/** Null when the page went away meanwhile. */
export async function look<T>(page: Page, inPage: () => T): Promise<T | null> {
  if (page.isClosed()) return null;
  try {
    return await page.evaluate(inPage);
  } catch (error) {
    // The page went away while it was looked at: whoever looks does so again.
    if (error instanceof Error && /closed|destroyed|crashed/i.test(error.message)) return null;
    throw error;
  }
}

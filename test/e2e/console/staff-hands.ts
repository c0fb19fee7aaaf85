import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { LANGUAGES, type Language } from '#domain/language.ts';
import type { startStaffedTerminal } from './staffed-terminal.ts';

type Terminal = Awaited<ReturnType<typeof startStaffedTerminal>>;

/** What staff do at a terminal's console, and how a test looks at it. The page may be exchanged at any moment. */
export function staffHands(terminal: () => Terminal) {
  const at = (selector: string): Locator => terminal().page().locator(selector);

  async function seePage(name: string): Promise<void> {
    await expect
      .poll(() => lookAt(terminal().page(), () => document.documentElement.dataset.page ?? null), {
        message: `the console shows ${name}`,
        timeout: 30_000,
      })
      .toBe(name);
  }

  /** Holds the corner until the console comes up in place of the citizen's page. */
  async function openConsole(): Promise<void> {
    await expect(at('html')).toHaveAttribute('data-screen', 'attract', { timeout: 30_000 });
    const page = terminal().page();
    await expect(async () => {
      const size = page.viewportSize() ?? { width: 1080, height: 1920 };
      await page.mouse.move(size.width - 8, 8);
      await page.mouse.down();
      await expect.poll(() => terminal().page() !== page, { timeout: 6_000 }).toBe(true);
    }).toPass({ timeout: 30_000 });
    await seePage('repair');
  }

  /** The console offers the languages that it is not in. */
  async function read(language: Language): Promise<void> {
    const html = at('html');
    if ((await html.getAttribute('lang')) !== language) await at(`[data-language="${language}"]`).click();
    await expect(html).toHaveAttribute('lang', language);
  }

  /** Every display on which the page stands, in both languages: pictured, and held to the accessibility rules. */
  async function inspect(name: string): Promise<void> {
    const folder = join(test.info().project.outputDir, 'console');
    mkdirSync(folder, { recursive: true });
    const page = terminal().page();
    const faults: string[] = [];
    for (const language of LANGUAGES) {
      await read(language);
      for (const [width, height] of [
        [1366, 768],
        [1080, 1920],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(folder, `${name}-${width}.${language}.png`), fullPage: true });
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wider > 0) faults.push(`${name} ${language} ${width}: ${wider} px wider than the display`);
      }
    }
    await read('zh-CN');
    // Structure and colours, which the languages share.
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      faults.push(`${name}: ${id} at ${nodes.map((node) => String(node.target)).join(', ')}`);
    }
    expect(faults).toEqual([]);
  }

  function badgeOf(staffId: string): { readonly badge: string; readonly pin: string } {
    const issued = terminal().badges.get(staffId);
    if (issued === undefined) throw new Error(`${staffId} has no badge`);
    return issued;
  }

  async function hold(code: string): Promise<void> {
    await terminal().dock.call('showCode', { text: code });
  }

  /** On a connected keyboard. */
  async function typePin(pin: string): Promise<void> {
    await expect(at('[data-key="1"]')).toBeEnabled();
    await terminal().page().keyboard.type(pin);
    await terminal().page().keyboard.press('Enter');
  }

  return { at, seePage, openConsole, read, inspect, badgeOf, hold, typePin };
}

/** Null while a page is being exchanged for another. */
export async function lookAt<T>(page: Page, inPage: () => T): Promise<T | null> {
  try {
    return await page.evaluate(inPage);
  } catch (error) {
    if (error instanceof Error && /closed|destroyed/i.test(error.message)) return null;
    throw error;
  }
}

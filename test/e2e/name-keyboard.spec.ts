import { expect, type Page, test } from '@playwright/test';
import type { Language } from '#domain/language.ts';
import { accessibilityFaults } from './screens/accessibility-faults.ts';
import { ORIGIN, said, serveBuiltPages, standInForStation } from './screens/citizen-page.ts';
import { DISPLAYS } from './screens/displays.ts';
import { layoutFaults } from './screens/layout-faults.ts';
import { SCENES } from './screens/scenes.ts';

test.use({ reducedMotion: 'reduce' });

async function openNameScreen(page: Page, language: Language): Promise<void> {
  const scene = SCENES.find(({ name }) => name === 'name');
  if (scene === undefined) throw new Error('no scene is called name');
  await serveBuiltPages(page.context());
  await standInForStation(page, { ...scene.snapshot, number: 1, language });
  await page.goto(`${ORIGIN}/citizen/index.html`);
  await expect(page.locator('.candidates__message')).not.toContainText('……');
}

const candidate = (page: Page, text: string) => page.locator(`[data-candidate="${text}"]`);
const name = (page: Page) => page.locator('.name-field__name');

async function tap(page: Page, letters: string): Promise<void> {
  for (const letter of letters) await page.locator(`[data-letter="${letter}"]`).click();
}

async function submitted(page: Page): Promise<unknown> {
  await page.locator('[data-event="submit-name"]').click();
  return (await said(page)).findLast(({ method }) => method === 'submitName')?.input;
}

test('a name is typed by touch, all of it at once, with the surname as surnames are read', async ({
  page,
}) => {
  await openNameScreen(page, 'zh-CN');
  await tap(page, 'shanxiaoyu');
  await expect(page.locator('.candidate').first()).toHaveText(/^单../);
  await candidate(page, '单').click();
  await candidate(page, '小').click();
  await expect(page.locator('.name-field__typed')).toHaveText('yu');
  await candidate(page, '雨').click();
  await expect(name(page)).toHaveText('单小雨');
  await expect(page.locator('.name-keyboard p[aria-live]').first()).toHaveText('已输入“雨”。姓名：单小雨');
  expect(await submitted(page)).toEqual({ name: '单小雨' });
});

test('a keyboard that is plugged in types, turns pages, chooses and takes back', async ({ page }) => {
  await openNameScreen(page, 'zh-CN');
  await page.keyboard.type('yan');
  const first = await page.locator('.candidate').first().textContent();
  await page.keyboard.press('PageDown');
  await expect(page.locator('.candidate').first()).not.toHaveText(first ?? '');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('1');
  await expect(name(page)).toHaveText(first ?? '');
  await page.keyboard.press('Backspace');
  await expect(name(page)).toHaveText('');
});

test('a middle dot joins two parts', async ({ page }) => {
  await openNameScreen(page, 'en');
  await tap(page, 'guli');
  await candidate(page, '古').click();
  await candidate(page, '丽').click();
  await page.getByRole('button', { name: 'Middle dot' }).click();
  await tap(page, 'ai');
  await candidate(page, '艾').click();
  expect(await submitted(page)).toEqual({ name: '古丽·艾' });
});

test('a character that no font draws stands as a box over its code and is sent whole', async ({ page }) => {
  await openNameScreen(page, 'zh-CN');
  await page.locator('[data-mode="code"]').click();
  // The last ideograph of extension H, which neither the terminal's font nor Debian's has.
  await tap(page, '323AF');
  await page.locator('.candidate').click();
  await expect(name(page).locator('.undrawn__code')).toHaveText('U+323AF');
  await expect(name(page).getByRole('img')).toHaveAccessibleName('编码为 U+323AF 的字');
  expect(await submitted(page)).toEqual({ name: '\u{323af}' });
});

for (const [display, viewport] of Object.entries(DISPLAYS)) {
  test(`the keyboard fits a display of ${display} in every way of typing`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const faults: string[] = [];
    for (const language of ['zh-CN', 'en'] as const) {
      await openNameScreen(page, language);
      for (const mode of ['latin', 'code', 'pinyin'] as const) {
        await page.locator(`[data-mode="${mode}"]`).click();
        await page.keyboard.type(mode === 'pinyin' ? 'ouyangxiao' : mode === 'latin' ? 'abcdefgh' : '323af');
        for (const fault of await layoutFaults(page)) faults.push(`${language}, ${mode}: ${fault}`);
        if (mode === 'latin') for (let left = 8; left > 0; left -= 1) await page.keyboard.press('Backspace');
      }
    }
    faults.push(...(await accessibilityFaults(page)));
    expect(faults).toEqual([]);
  });
}

import { expect, type Page, test } from '@playwright/test';
import { ACTIONS } from '#domain/liveness/action.ts';
import { FLASH_RGB } from '#domain/liveness/flash-colour.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { said, show } from './screens/citizen-page.ts';
import { openAt, sceneNamed, snapshotOf } from './screens/open-page.ts';

test.use({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' });

async function inputs(page: Page, method: string): Promise<readonly unknown[]> {
  return (await said(page)).filter((call) => call.method === method).map(({ input }) => input);
}

async function touched(page: Page): Promise<readonly CitizenEvent[]> {
  const events = (await inputs(page, 'act')).map((input) => (input as { event: CitizenEvent }).event);
  return events.filter(({ type }) => type !== 'more-time');
}

test('a prompt is reported only after it was painted, and once', async ({ page }) => {
  await openAt(page, sceneNamed('face-hold-still'), 'en');
  await expect(page.locator('html')).not.toHaveAttribute('data-action');
  await show(page, snapshotOf(sceneNamed('face-prompt-blink'), 'en'));
  await show(page, snapshotOf(sceneNamed('face-prompt-blink'), 'en'));
  await expect(page.locator('html')).toHaveAttribute('data-action', 'blink');
  await expect
    .poll(async () => (await said(page)).filter(({ method }) => method === 'reportPrompt').length)
    .toBe(1);
  const report = (await said(page)).find(({ method }) => method === 'reportPrompt');
  expect(report?.input).toMatchObject({ attempt: 1, index: 5, action: 'blink' });
  await show(page, snapshotOf(sceneNamed('face-between'), 'en'));
  await expect(page.locator('html')).not.toHaveAttribute('data-action');
});

test('the light is told of when it was painted, and changes no faster than three times a second', async ({
  page,
}) => {
  await openAt(page, sceneNamed('face-hold-still'), 'zh-CN');
  await expect(page.locator('.page__lead')).toContainText('稍后屏幕会变换颜色');
  await expect(page.locator('[data-flash]')).toHaveCount(0);
  // All at once, as from a station that has lost its measure.
  for (const name of ['face-flash-green', 'face-flash-white', 'face-flash-violet']) {
    await show(page, snapshotOf(sceneNamed(name), 'zh-CN'));
  }
  await expect(page.locator('[data-flash]')).toHaveAttribute('data-flash', 'violet');
  await expect(page.locator('[data-flash]')).toHaveCSS(
    'background-color',
    `rgb(${FLASH_RGB.violet.join(', ')})`,
  );
  const reports = async () =>
    (await inputs(page, 'reportFlash')) as { colour: string; index: number; at: number }[];
  await expect.poll(async () => (await reports()).at(-1)?.colour).toBe('violet');
  const painted = await reports();
  expect(painted.at(0)).toMatchObject({ attempt: 1, colour: 'green' });
  expect(painted.at(-1)).toMatchObject({ attempt: 1, colour: 'violet' });
  for (const [place, { at }] of painted.slice(1).entries()) {
    expect(at - (painted[place]?.at ?? 0)).toBeGreaterThan(333);
  }
  await show(page, snapshotOf(sceneNamed('face-prompt-smile'), 'zh-CN'));
  await expect(page.locator('[data-flash]')).toHaveCount(0);
});

test('movements are left out by touch and by keys, and with none left a person is asked for', async ({
  page,
}) => {
  await openAt(page, sceneNamed('face-prompt-nod'), 'zh-CN');
  await page.getByRole('button', { name: '有些动作不方便' }).click();
  await show(page, snapshotOf(sceneNamed('exchange'), 'zh-CN'));
  const card = (action: string) => page.locator(`[data-movement="${action}"]`);
  await expect(page.getByRole('button', { name: '都能做' })).toBeEnabled();
  await card('nod').click();
  await expect(page.getByRole('button', { name: '点头 不用做' })).toHaveAttribute('aria-pressed', 'true');
  await card('blink').focus();
  await page.keyboard.press('Space');
  await expect(card('blink')).toHaveAttribute('aria-pressed', 'true');
  await card('nod').click();
  await expect(card('nod')).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: '继续人脸核验' }).click();
  for (const action of ACTIONS.filter((each) => each !== 'blink')) await card(action).click();
  await page.getByRole('button', { name: '转人工窗口' }).click();
  const [opened, one, all] = await touched(page);
  expect(opened).toEqual({ type: 'open-exchange' });
  expect(one).toEqual({ type: 'exchange-actions', actions: ['blink'] });
  expect(all).toMatchObject({ type: 'exchange-actions' });
  expect(all?.type === 'exchange-actions' ? all.actions.toSorted() : []).toEqual(ACTIONS.toSorted());
});

test('the portrait is shown, kept or taken again, and its time is counted down', async ({ page }) => {
  await openAt(page, sceneNamed('face-portrait'), 'en');
  const picture = page.getByRole('img', { name: 'The picture just taken' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await expect(page.getByRole('timer')).toHaveText('Used automatically in 11 seconds');
  await page.getByRole('button', { name: 'Take another' }).click();
  await show(page, snapshotOf(sceneNamed('face-portrait-last'), 'en'));
  await expect(page.getByRole('timer')).toHaveText('Used automatically in 12 seconds');
  await expect(page.getByRole('button', { name: 'Take another' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Use this picture' }).click();
  expect(await touched(page)).toEqual([{ type: 'retake-portrait' }, { type: 'keep-portrait' }]);
});

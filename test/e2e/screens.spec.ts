import { expect, test } from '@playwright/test';
import { LANGUAGES } from '#domain/language.ts';
import { accessibilityFaults } from './screens/accessibility-faults.ts';
import { said, show } from './screens/citizen-page.ts';
import { DISPLAYS } from './screens/displays.ts';
import { layoutFaults } from './screens/layout-faults.ts';
import { openAt, sceneNamed, snapshotOf } from './screens/open-page.ts';
import { HELP_SCENES, SCENES, type Scene } from './screens/scenes.ts';

test.use({ viewport: DISPLAYS['1080x1920'], reducedMotion: 'reduce' });
test.describe.configure({ mode: 'parallel', timeout: 300_000 });

/** States of a screen that look unlike its first. */
const MORE_OF_A_KIND: readonly string[] = [
  'card-unreadable',
  'face-prompt-blink',
  'face-flash-violet',
  'face-flash-dark',
  'face-portrait',
  'issued-basic',
  'visit-without-reader',
  'name-suggested',
  'review-report-lost',
  'slip-issued-shown',
  'waiting-offline-lost',
  'status-rejected-why',
  'checked-valid-simulated',
  'checked-revoked',
  'checked-status-list-stale',
  'checked-holder-same-holder',
  'checked-holder-other-phone',
];

/** One scene of each kind: the rules look at structure and colours, which states of a screen share. */
const KINDS: readonly Scene[] = [...SCENES, ...HELP_SCENES].filter(
  ({ name, snapshot }, index, all) =>
    ['cancel-asked', 'idle', 'help-card', ...MORE_OF_A_KIND].includes(name) ||
    all.findIndex((other) => other.snapshot.screen.name === snapshot.screen.name) === index,
);

for (const [display, viewport] of Object.entries(DISPLAYS)) {
  test.describe(`on a display of ${display}`, () => {
    test.use({ viewport });

    for (const language of LANGUAGES) {
      test(`every screen in every state fits in ${language}`, async ({ page }) => {
        const problems = await openAt(page, sceneNamed('attract'), language);
        const faults: string[] = [];
        for (const scene of [...SCENES, ...HELP_SCENES]) {
          await show(page, snapshotOf(scene, language));
          for (const fault of await layoutFaults(page)) faults.push(`${scene.name}: ${fault}`);
          await expect(page.locator('html')).toHaveAttribute('data-screen', scene.snapshot.screen.name);
        }
        expect(faults).toEqual([]);
        expect(problems).toEqual([]);
      });

      // Structure and colours differ between the two layouts, not with the scale or the language of the wide one.
      if (display === '1920x1080' || (display === '1366x768' && language === 'en')) continue;
      test(`no screen breaks a serious accessibility rule in ${language}`, async ({ page }) => {
        await openAt(page, sceneNamed('attract'), language);
        const faults: string[] = [];
        for (const scene of KINDS) {
          await show(page, snapshotOf(scene, language));
          // Buttons of a screen that has just come up wait a moment, and axe leaves out what is disabled.
          await page.waitForFunction(
            () =>
              document.querySelector(
                ':is(.button, .movement):disabled:not(.button--incomplete, .tile--off)',
              ) === null,
          );
          for (const fault of await accessibilityFaults(page)) faults.push(`${scene.name}: ${fault}`);
        }
        expect(faults).toEqual([]);
      });
    }
  });
}

test('the language switch asks the station on every screen', async ({ page }) => {
  await openAt(page, sceneNamed('visit'), 'zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  const calls = await said(page);
  expect(calls.at(-1)).toEqual({
    method: 'act',
    input: { event: { type: 'choose-language', language: 'en' } },
  });
  await show(page, snapshotOf(sceneNamed('visit'), 'en'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would you like to do?');
});

test('the list in the consent stands one item a line', async ({ page }) => {
  await openAt(page, sceneNamed('consent'), 'en');
  const collected = page.locator('.consent__part p').filter({ hasText: 'From the chip of your card' });
  expect((await collected.innerText()).split('\n').map((line) => line.slice(0, 2))).toEqual([
    '1.',
    '2.',
    '3.',
    '4.',
    '5.',
  ]);
});

test('a password is entered twice, sent once and kept nowhere', async ({ page }) => {
  await openAt(page, sceneNamed('password'), 'zh-CN');
  const type = async (digits: string) => {
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
  };
  await type('1397');
  await expect(page.getByRole('button', { name: '下一步' })).toBeDisabled();
  await type('2468');
  await page.getByRole('button', { name: '下一步' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('请再输入一次密码');
  await type('13972468');
  expect(await page.locator('#page').textContent()).not.toContain('1397');
  await page.getByRole('button', { name: '确定' }).click();
  const calls = (await said(page)).filter(({ method }) => method === 'submitPassword');
  expect(calls).toEqual([{ method: 'submitPassword', input: { password: '13972468', repeat: '13972468' } }]);
  await expect(page.locator('.password__dot--set')).toHaveCount(0);
});

test('a second tap does not reach the screen that comes up under the finger', async ({ page }) => {
  await openAt(page, sceneNamed('issued-full'), 'zh-CN');
  await page.getByRole('button', { name: '查看回执' }).click();
  // The tap falls in the very moment in which the next screen's button stands there.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const button = document.querySelector<HTMLElement>('[data-event="finish"]');
      if (button === null) return;
      observer.disconnect();
      document.documentElement.dataset.tapped = 'yes';
      button.click();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await show(page, snapshotOf(sceneNamed('slip-issued'), 'zh-CN'));
  await expect(page.locator('html')).toHaveAttribute('data-tapped', 'yes');
  expect((await said(page)).filter(({ method }) => method === 'act')).toHaveLength(1);
  await page.getByRole('button', { name: '完成' }).click();
  expect((await said(page)).at(-1)).toEqual({ method: 'act', input: { event: { type: 'finish' } } });
});

test('older snapshots than the one shown are dropped', async ({ page }) => {
  const late = snapshotOf(sceneNamed('visit'), 'en');
  await openAt(page, sceneNamed('consent'), 'en');
  await show(page, late);
  await expect(page.locator('html')).toHaveAttribute('data-screen', 'consent');
});

test('while help lies over a screen, the screen cannot be touched and the sheet holds the focus', async ({
  page,
}) => {
  const help = HELP_SCENES.find(({ name }) => name === 'help-card');
  if (!help) throw new Error('no help scene');
  await openAt(page, help, 'zh-CN');
  await expect(page.locator('.stage__under')).toHaveAttribute('inert');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.locator('#dialog-help')).toBeFocused();
  await page.getByRole('button', { name: '知道了' }).click();
  expect((await said(page)).at(-1)).toEqual({ method: 'act', input: { event: { type: 'close-help' } } });
});

test('a number is checked while it is typed, in words, and sent when it is whole', async ({ page }) => {
  await openAt(page, sceneNamed('number'), 'zh-CN');
  const key = (name: string) => page.locator(`[data-key="${name}"]`);
  const next = page.locator('[data-event="submit-number"]');
  const groups = page.locator('.number__group');
  for (const digit of '44010319901') await key(digit).click();
  await expect(groups.nth(0).locator('.number__places')).toHaveText('440103');
  await expect(groups.nth(1).locator('.number__places')).toHaveText('19901');
  await key('3').click();
  await expect(page.getByRole('alert')).toHaveText('出生月份有误，请检查第 11、12 位。');
  await expect(groups.nth(1)).toHaveClass(/number__group--wrong/);
  await expect(groups.nth(1).locator('.icon')).toBeVisible();
  await key('delete').click();
  await key('delete').click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  for (const digit of '06140134') await key(digit).click();
  await expect(page.getByRole('alert')).toHaveText('最后一位与前面的数字不符，请逐位核对。');
  await expect(next).toBeDisabled();
  await key('delete').click();
  await expect(key('X')).toBeEnabled();
  await key('3').click();
  await expect(page.getByRole('status').filter({ hasText: '号码已填完整' })).toBeVisible();
  await next.click();
  expect((await said(page)).at(-1)).toEqual({
    method: 'submitNumber',
    input: { number: '440103199006140133' },
  });
});

test('a keyboard that is plugged in types numbers and passwords, and nothing under a sheet', async ({
  page,
}) => {
  await openAt(page, sceneNamed('number'), 'en');
  await page.keyboard.type('x11o01-');
  await expect(page.locator('.number__group').first().locator('.number__places')).toHaveText('1101');
  for (let left = 4; left > 0; left -= 1) await page.keyboard.press('Backspace');
  await expect(page.locator('.number__groups')).toHaveAttribute('data-typed', '0');
  await page.keyboard.type('11010519491231002x');
  await show(page, { ...snapshotOf(sceneNamed('number'), 'en'), helpOpen: true });
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await show(page, snapshotOf(sceneNamed('number'), 'en'));
  await page.getByRole('heading', { level: 1 }).focus();
  await expect(page.locator('.number__groups')).toHaveAttribute('data-typed', '18');
  // A screen that has just come up takes no answer yet.
  await expect(page.locator('main [data-event="submit-number"]')).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await said(page)).filter(({ method }) => method === 'submitNumber'))
    .toEqual([{ method: 'submitNumber', input: { number: '11010519491231002X' } }]);
});

test('the password of an e-ID that exists is entered once', async ({ page }) => {
  await openAt(page, sceneNamed('password-prove'), 'zh-CN');
  await page.keyboard.type('13972468');
  await expect(page.locator('.password__dot--set')).toHaveCount(8);
  await page.getByRole('button', { name: '确定' }).click();
  expect((await said(page)).filter(({ method }) => method === 'submitPassword')).toEqual([
    { method: 'submitPassword', input: { password: '13972468', repeat: null } },
  ]);
});

test('the name that the phone tells is taken, or another is typed', async ({ page }) => {
  await openAt(page, sceneNamed('name-suggested'), 'zh-CN');
  await page.getByRole('button', { name: '是我的姓名' }).click();
  expect((await said(page)).at(-1)).toEqual({ method: 'submitName', input: { name: '林示远' } });
  await page.getByRole('button', { name: '不是，自己输入' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('请输入姓名');
  await page.keyboard.type('lin');
  await page.locator('[data-candidate="林"]').click();
  await page.locator('[data-event="submit-name"]').click();
  expect((await said(page)).at(-1)).toEqual({ method: 'submitName', input: { name: '林' } });
});

test('what cannot be done now says why, takes no focus and sends nothing', async ({ page }) => {
  await openAt(page, sceneNamed('visit-without-reader'), 'en');
  const full = page.locator('[data-visit="full"]');
  await expect(full).toContainText('Card reader missing');
  await expect(page.locator('[data-visit="basic"]')).toBeEnabled();
  await full.click({ force: true });
  await full.evaluate((tile) => (tile as HTMLElement).focus());
  await expect(full).not.toBeFocused();
  await page.locator('[data-visit="basic"]').click();
  expect((await said(page)).filter(({ method }) => method === 'act')).toEqual([
    { method: 'act', input: { event: { type: 'choose-visit', visit: 'basic' } } },
  ]);
});

test('staff call the console by holding the corner or F2, and nobody does by a tap', async ({ page }) => {
  await openAt(page, sceneNamed('attract'), 'zh-CN');
  const calls = async () =>
    (await said(page)).filter(
      ({ input }) => (input as { event?: { type: string } }).event?.type === 'call-console',
    ).length;
  const hold = async (ms: number) => {
    await page.mouse.move(1079, 2);
    await page.mouse.down();
    await page.waitForTimeout(ms);
    await page.mouse.up();
  };
  await hold(500);
  await page.keyboard.down('F2');
  await page.waitForTimeout(500);
  await page.keyboard.up('F2');
  await page.waitForTimeout(3500);
  expect(await calls()).toBe(0);
  await hold(3500);
  expect(await calls()).toBe(1);
  await page.keyboard.down('F2');
  await expect.poll(calls).toBe(2);
  await page.keyboard.up('F2');
  await show(page, snapshotOf(sceneNamed('visit'), 'zh-CN'));
  await expect(page.locator('.console-corner')).toHaveCount(0);
});

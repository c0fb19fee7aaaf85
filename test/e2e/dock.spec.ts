import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { encodeEidCode, signEid } from '#protocol/eid-token.ts';
import { checkAnswerCode, makeChallengeCode } from '#protocol/holder-answer.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { readPhoneCode } from '#protocol/phone-code.ts';
import { ORIGIN, serveBuiltPages } from './screens/citizen-page.ts';

/** Screenshots for people to judge: `test-results/screens/` unless Playwright is told otherwise. */
const pictures = () => join(test.info().project.outputDir, 'screens');

const SUBJECT = 'K7M2Q9XD4TB8WZ3A';
const stranger = nodeSigner(new Uint8Array(randomBytes(32)));

/** An e-ID for a phone's key. */
async function eidFor(holderKey: Uint8Array): Promise<string> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const claims = {
    issuer: 'Test registry',
    subject: SUBJECT,
    maskedName: '林**',
    grade: 'full',
    issuedAt: now,
    expiresAt: now + 1e9,
    statusIndex: 1,
    holderKey,
    simulated: true,
  } as const;
  return encodeEidCode(signEid({ claims, signer: stranger }));
}

test.use({ viewport: { width: 960, height: 1000 }, reducedMotion: 'reduce' });

/** What the simulated printer prints of a slip's kind. */
const line = (text: string, look: Partial<Record<'centred' | 'bold' | 'double', boolean>> = {}) =>
  ({ kind: 'text', text, centred: false, bold: false, double: false, ...look }) as const;
const heading = { centred: true, bold: true };
const RECEIPT = [
  line('电子身份凭证自助办理', { centred: true }),
  line('办理回执', { ...heading, double: true }),
  line('*** 模拟 SIMULATED ***', heading),
  line('-'.repeat(48)),
  line('0192 8F3C 6A7B 7C11', heading),
  { kind: 'qr', dots: 4, text: `EIDS1:${'A7K2M9QX'.repeat(40)}` },
  line('-'.repeat(48)),
  line(`姓名${' '.repeat(40)}林**`),
  line(`身份证号码${' '.repeat(20)}110101********0014`),
  line('1. 请保存本回执，凭办理编号可以查询办理结果。'),
] as const;

/** Simulators that keep what they are told. */
async function openDock(page: Page): Promise<void> {
  await serveBuiltPages(page.context());
  await page.addInitScript((receipt) => {
    let listener: ((message: string) => void) | null = null;
    const said: { method: string; input: Record<string, unknown> }[] = [];
    const printer: Record<string, unknown> = {
      plugged: true,
      condition: { paper: 'plenty', cover: 'closed', cutter: 'well', answers: 'all' },
      paper: { lines: receipt, isCut: true },
    };
    const state: Record<string, unknown> = {
      people: [
        { id: 'lin', name: '林示远', note: '成年男性，资料齐全' },
        { id: 'mei', name: '梅若例', note: '成年女性，壮族' },
        { id: 'xu', name: '许小样', note: '15 岁，应由监护人陪同' },
        { id: 'gu', name: '顾旧历', note: '身份证已过期' },
      ],
      card: null,
      readerPlugged: true,
      scannerPlugged: true,
      network: 'up',
      faults: '',
      counter: {
        printer,
        lamp: { plugged: true, green: false, amber: true, red: false },
      },
    };
    const change = (method: string, input: Record<string, unknown>) => {
      if (method === 'insertCard') state.card = input.person;
      if (method === 'liftCard') state.card = null;
      if (method === 'plug') state[`${String(input.device)}Plugged`] = input.plugged;
      if (method === 'setNetwork') state.network = input.network;
      if (method === 'setFaults') state.faults = input.script;
      if (method === 'setPrinter') printer.condition = input;
      if (method === 'tearOff') printer.paper = { lines: [], isCut: false };
    };
    Object.assign(window, {
      said,
      eidDockChannel: {
        onMessage(next: (message: string) => void) {
          listener = next;
        },
        send(message: string) {
          const { id, method, input } = JSON.parse(message);
          if (method !== 'state') said.push({ method, input });
          change(method, input);
          const answers: Record<string, unknown> = { state, setFaults: { mistake: null } };
          const value = answers[method] ?? {};
          queueMicrotask(() => listener?.(JSON.stringify({ kind: 'value', id, value })));
        },
      },
    });
  }, RECEIPT);
  await page.goto(`${ORIGIN}/dock/index.html`);
  await page.waitForSelector('[data-panel="cards"]');
}

const said = (page: Page) =>
  page.evaluate(
    () => (window as unknown as { said: { method: string; input: Record<string, unknown> }[] }).said,
  );

test('the dock lays cards, shows the phone, unplugs and cuts', async ({ page }) => {
  await openDock(page);
  await expect(page.locator('[data-notice="simulated"]')).toHaveText(/SIMULATED/);
  await page.locator('[data-person="lin"]').click();
  await expect(page.locator('[data-person="lin"]')).toHaveAttribute('aria-pressed', 'true');
  await page.locator('[data-action="show-phone"]').click();
  await page.locator('[data-device="reader"]').click();
  await page.locator('[data-fault="silence"]').click();
  await page.locator('[data-network="cut"]').click();
  await page.locator('[data-action="lift"]').click();
  await expect(page.locator('[data-action="lift"]')).toBeDisabled();

  const calls = await said(page);
  expect(calls.map(({ method }) => method)).toEqual([
    'insertCard',
    'showCode',
    'plug',
    'setFaults',
    'setNetwork',
    'liftCard',
  ]);
  const read = readPhoneCode(String(calls[1]?.input.text));
  expect(read.ok).toBe(true);
  await mkdir(pictures(), { recursive: true });
  await page.screenshot({ path: `${pictures()}/dock.zh-CN.png`, fullPage: true });
});

test('the dock shows what was printed and which light is on, and troubles the printer', async ({ page }) => {
  await openDock(page);
  await expect(page.locator('[data-light="amber"]')).toHaveText(/黄灯.*亮/);
  await expect(page.locator('[data-lit="true"]')).toHaveCount(1);
  const paper = page.getByRole('region', { name: '打印出来的纸' });
  await expect(paper).toContainText('办理回执');
  await expect(paper.getByRole('img', { name: '打印的二维码' })).toBeVisible();
  // The paper is as wide as its 48 columns, whatever font is there.
  const [rule, fact] = await paper.locator('.paper__line', { hasText: /-{48}|林/ }).evaluateAll((lines) =>
    lines.slice(0, 2).map((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return range.getBoundingClientRect().width;
    }),
  );
  expect(Math.abs((rule ?? 0) - (fact ?? 0))).toBeLessThan(2);
  await page.locator('[data-paper="none"]').click();
  await expect(page.locator('[data-paper="none"]')).toHaveAttribute('aria-pressed', 'true');
  await page.locator('[data-trouble="cover"]').click();
  await page.locator('[data-trouble="cover"]').click();
  await page.locator('[data-device="lamp"]').click();
  await page.locator('[data-action="tear-off"]').click();
  await expect(paper).toHaveCount(0);
  const condition = { paper: 'none', cover: 'closed', cutter: 'well', answers: 'all' };
  expect(await said(page)).toEqual([
    { method: 'setPrinter', input: condition },
    { method: 'setPrinter', input: { ...condition, cover: 'open' } },
    { method: 'setPrinter', input: condition },
    { method: 'plug', input: { device: 'lamp', plugged: false } },
    { method: 'tearOff', input: {} },
  ]);
});

test('the dock and the phone keep the accessibility rules in both languages', async ({ page }) => {
  await openDock(page);
  const faults: string[] = [];
  const check = async (name: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact } of violations) {
      if (impact === 'serious' || impact === 'critical') faults.push(`${name}: ${id}`);
    }
  };
  await check('dock zh-CN');
  await page.locator('[data-language-switch]').click();
  await expect(page.locator('h1')).toHaveText('Device dock');
  await check('dock en');
  await page.screenshot({ path: `${pictures()}/dock.en.png`, fullPage: true });
  await page.goto(`${ORIGIN}/phone/index.html`);
  await check('phone');
  await page.screenshot({ path: `${pictures()}/reference-phone.zh-CN.png` });
  expect(faults).toEqual([]);
});

test('the phone shows the code and the four characters that a terminal reads from it', async ({ page }) => {
  await serveBuiltPages(page.context());
  await page.goto(`${ORIGIN}/phone/index.html`);
  const phone = page.locator('[data-code]');
  const code = (await phone.getAttribute('data-code')) ?? '';
  expect(readPhoneCode(code).ok).toBe(true);
  await expect(
    phone.getByText((await phone.getAttribute('data-last-four')) ?? 'none', { exact: true }),
  ).toBeVisible();
});

test('the phone keeps its own e-ID and answers whoever asks for its holder, once the holder agrees', async ({
  page,
}) => {
  await serveBuiltPages(page.context());
  await page.goto(`${ORIGIN}/phone/index.html`);
  const phone = page.locator('[data-code]');
  const read = async (text: string) => {
    await page.locator('[data-field="screen"]').fill(text);
    await page.locator('.phone__reader button').click();
  };
  const challenge = { nonce: randomBytes(16), asker: '天河政务服务中心 7 号机' };
  await read(makeChallengeCode(challenge));
  await expect(page.getByRole('alert')).toHaveText('本机还没有凭证，请先读取凭证二维码');
  await read(await eidFor(stranger.publicKey));
  await expect(page.getByRole('alert')).toHaveText('这份凭证没有绑定本机');
  const pairing = readPhoneCode((await phone.getAttribute('data-code')) ?? '');
  if (!pairing.ok) throw new Error(pairing.error);
  const holderKey = pairing.value.publicKey;
  const eid = await eidFor(holderKey);
  await read(eid);
  await expect(phone).toHaveAttribute('data-view', 'eid');
  await expect(phone).toHaveAttribute('data-code', eid);
  await page.screenshot({ path: `${pictures()}/reference-phone-eid.zh-CN.png` });
  await read(makeChallengeCode(challenge));
  await expect(page.getByText(challenge.asker)).toBeVisible();
  await expect(phone).toHaveAttribute('data-code', '');
  await page.locator('[data-action="answer"]').click();
  await expect(phone).toHaveAttribute('data-view', 'answer');
  const code = (await phone.getAttribute('data-code')) ?? '';
  expect(checkAnswerCode({ code, challenge, subject: SUBJECT, holderKey }).ok).toBe(true);
  await page.screenshot({ path: `${pictures()}/reference-phone-answer.zh-CN.png` });
});

test('the phone draws a new code when the old one has stood for half a minute', async ({ page }) => {
  await page.clock.install();
  await serveBuiltPages(page.context());
  await page.goto(`${ORIGIN}/phone/index.html`);
  const phone = page.locator('[data-code]');
  const first = await phone.getAttribute('data-code');
  await page.clock.runFor(31_000);
  await expect(phone).not.toHaveAttribute('data-code', first ?? '');
});

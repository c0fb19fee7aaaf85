import { expect, test } from '@playwright/test';
import { THROTTLE, waitAfter } from '#domain/staff/throttle.ts';
import { lookAt, staffHands } from './console/staff-hands.ts';
import { startStaffedTerminal } from './console/staffed-terminal.ts';

/*
 * Staff at one whole terminal that stands without a network: real browser, real station, a real scanner on a line. The
 * tests go on where the one before has ended, as a technician's visit does.
 */
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const RECORDS = 3;
let terminal: Awaited<ReturnType<typeof startStaffedTerminal>>;

test.beforeAll(async () => {
  terminal = await startStaffedTerminal({
    stationName: 'console-1',
    waitingRecords: RECORDS,
    staff: [
      { staffId: 'T-07', role: 'technician' },
      { staffId: 'O-12', role: 'officer' },
    ],
  });
});

test.afterAll(async () => {
  await terminal?.stop();
});

const { at, seePage, openConsole, inspect, badgeOf, hold, typePin } = staffHands(() => terminal);

/** By finger on the screen's own keys. */
async function touchPin(pin: string): Promise<void> {
  for (const digit of pin) await at(`[data-key="${digit}"]`).click();
  await at('[data-key="send"]').click();
}

test('holding the corner brings the repair path, without a badge and without anybody’s data', async () => {
  await openConsole();
  await expect(at('[data-pill="link"]').first()).toHaveText('离线', { timeout: 15_000 });
  await expect(at('[data-panel="actions"]')).toContainText(`${RECORDS}`);
  await expect(at('nav [data-page="queue"]')).toHaveCount(0);
  await at('[data-action="upload-now"]').click();
  await expect(at('[data-done="sent"]')).toBeVisible();
  await inspect('repair');
});

test('the page may ask for anything: without a session the station shows it nothing', async () => {
  const answers = await terminal.page().evaluate(async () => {
    const host = (window as unknown as { eidChannel: { send(message: string): void } }).eidChannel;
    const scope = window as unknown as Record<string, (message: string) => void>;
    const deliver = scope.eidChannelDeliver;
    if (deliver === undefined) throw new Error('no channel');
    const heard: string[] = [];
    scope.eidChannelDeliver = (message) => {
      const { id, value } = JSON.parse(message) as { id?: number; value?: { kind?: string } };
      if (id !== undefined && id >= 9000) heard.push(value?.kind ?? 'something else');
      else deliver(message);
    };
    const inputs = {
      overview: {},
      queue: { before: null },
      audit: { before: null, type: null },
      settings: {},
    };
    for (const [index, [method, input]] of Object.entries(inputs).entries()) {
      host.send(JSON.stringify({ kind: 'call', id: 9000 + index, method, input }));
    }
    while (heard.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    scope.eidChannelDeliver = deliver;
    return heard;
  });
  expect(answers).toEqual(['not-allowed', 'not-allowed', 'not-allowed', 'not-allowed']);
});

test('badge and PIN let in; the queue shows what waits, and why', async () => {
  const { badge, pin } = badgeOf('T-07');
  await hold(badge);
  await seePage('log-in');
  await expect(at('[data-panel="pin"]')).toContainText('T-07');
  await inspect('pin');
  await touchPin(pin);
  await seePage('overview');
  await expect(at('[data-count="waiting"] strong')).toHaveText(String(RECORDS));
  await inspect('overview');
  await at('nav [data-page="queue"]').click();
  const waiting = at('tr[data-delivery="waiting"]');
  await expect(waiting).toHaveCount(RECORDS);
  await expect(waiting.first()).toHaveAttribute('data-why', /line-is-down|resting|on-its-way/);
  await inspect('queue');
  for (const page of ['devices', 'network', 'settings'] as const) {
    await at(`nav [data-page="${page}"]`).click();
    await seePage(page);
    await inspect(page);
  }
  await at('nav [data-page="audit"]').click();
  await expect(at('tr[data-type="staff.logged-in"]')).toHaveCount(1);
  await expect(at('[data-pill="chain"]')).toHaveClass(/jade/, { timeout: 20_000 });
  await at('#audit-type').selectOption('staff.console-opened');
  await expect(at('tbody tr')).toHaveCount(1);
  await inspect('audit');
});

test('a technician sets at this terminal what the registry lets them, and takes it back', async () => {
  await at('nav [data-page="settings"]').click();
  await at('#change-name').selectOption('offlineLimits.days');
  const days = at('[data-setting="offlineLimits.days"] td').nth(1);
  const before = await days.textContent();
  await at('#change-value').fill('4');
  await at('[data-action="change-setting"]').click();
  await expect(at('[data-changed]')).toBeVisible();
  await expect(days).toHaveText('4');
  await at('[data-action="take-back"]').click();
  await expect(days).toHaveText(before ?? '');
});

test('an officer sees whether it works, and neither settings nor what others did', async () => {
  await at('[data-action="log-out"]').click();
  await seePage('repair');
  const { badge, pin } = badgeOf('O-12');
  await hold(badge);
  await expect(at('[data-panel="pin"]')).toContainText('O-12');
  await typePin(pin);
  await seePage('overview');
  await expect(at('nav [data-page="queue"]')).toBeVisible();
  await expect(at('nav [data-page="audit"]')).toHaveCount(0);
  await at('[data-action="log-out"]').click();
  await seePage('repair');
});

test('a badge of another registry’s making, a withdrawn one and a citizen’s code open nothing', async () => {
  await at('nav [data-page="log-in"]').click();
  const { badge } = badgeOf('T-07');
  const damaged = `${badge.slice(0, -6)}${badge.at(-6) === 'A' ? 'B' : 'A'}${badge.slice(-5)}`;
  for (const code of [damaged, 'EIDP1:ABC']) {
    await hold(code);
    await expect(at('[data-notice="badge-refused"]')).toBeVisible();
    await expect(at('[data-panel="pin"]')).toHaveCount(0);
  }
  await inspect('log-in');
});

/** After a long wait: a console that was left alone meanwhile has gone back to the citizens, and is called again. */
async function showAnotherBadge(): Promise<void> {
  let shown: string | null = null;
  await expect
    .poll(async () => {
      shown = await lookAt(terminal.page(), () => {
        document.querySelector<HTMLElement>('[data-action="other-badge"]')?.click();
        const badge = document.querySelector('[data-panel="badge"]');
        return badge === null ? (document.documentElement.dataset.screen ?? null) : 'badge';
      });
      return shown;
    })
    .toMatch(/^(badge|attract)$/);
  if (shown === 'badge') return;
  await openConsole();
  await at('nav [data-page="log-in"]').click();
  await expect(at('[data-panel="badge"]')).toBeVisible();
}

test('wrong PINs wait, then block; the repair path stays, and the unlock works once', async () => {
  const { badge, pin } = badgeOf('T-07');
  const wrong = pin === '00000000' ? '11111111' : '00000000';
  for (let tries = 1; tries <= THROTTLE.mostTries; tries += 1) {
    if (!(await at('[data-panel="pin"]').isVisible())) {
      await hold(badge);
      await expect(at('[data-panel="pin"]')).toBeVisible();
    }
    await typePin(wrong);
    if (tries === THROTTLE.mostTries) break;
    const wait = waitAfter(tries);
    if (wait === 0) {
      await expect(at('[data-result="wrong"]')).toContainText(String(THROTTLE.mostTries - tries));
      continue;
    }
    await expect(at('[data-tries="waiting"]')).toBeVisible();
    await expect(at('[data-key="1"]')).toBeDisabled();
    if (tries === THROTTLE.freeTries) await inspect('waiting');
    // The console forgets a badge after a minute; what counts is kept with its owner.
    terminal.waitOut(wait);
    await showAnotherBadge();
  }
  await expect(at('[data-panel="unlock"]')).toBeVisible();
  await hold(badge);
  await expect(at('[data-tries="blocked"]')).toBeVisible();
  await at('[data-action="other-badge"]').click();

  await at('nav [data-page="repair"]').click();
  await expect(at('[data-panel="provisioning"]')).toBeVisible();
  await inspect('blocked');
  const nonce = await at('[data-nonce]').innerText();
  const unlock = await terminal.unlockCode(nonce);
  await hold(unlock);
  await expect(at('[data-notice="unlocked"]')).toBeVisible();
  await expect(at('[data-panel="unlock"]')).toHaveCount(0);
  await hold(unlock);
  await expect(at('[data-notice="unlock-refused"]')).toBeVisible();

  await hold(badge);
  await expect(at('[data-panel="pin"]')).toBeVisible();
  await typePin(pin);
  await seePage('overview');
});

test('when the network is back the records leave, and the screen goes back to the citizens', async () => {
  await terminal.dock.call('setNetwork', { network: 'up' });
  await at('nav [data-page="repair"]').click();
  await at('[data-action="upload-now"]').click();
  await at('nav [data-page="queue"]').click();
  await expect(at('tr[data-delivery="waiting"]')).toHaveCount(0, { timeout: 30_000 });
  await at('[data-action="leave"]').click();
  await expect
    .poll(() => lookAt(terminal.page(), () => document.documentElement.dataset.screen ?? null), {
      timeout: 30_000,
    })
    .toBe('attract');
});

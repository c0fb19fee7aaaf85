import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { RECORDINGS_FOLDER } from '#contract/console-devices.ts';
import { staffHands } from './console/staff-hands.ts';
import { startStaffedTerminal } from './console/staffed-terminal.ts';

/*
 * A technician and the devices of one whole terminal: real browser, real station, real drivers, simulated devices on
 * lines. The tests go on where the one before has ended.
 */
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let terminal: Awaited<ReturnType<typeof startStaffedTerminal>>;
const { at, seePage, openConsole, inspect, badgeOf, hold, typePin } = staffHands(() => terminal);

test.beforeAll(async () => {
  terminal = await startStaffedTerminal({
    stationName: 'console-2',
    waitingRecords: 0,
    staff: [{ staffId: 'T-07', role: 'technician' }],
  });
});

test.afterAll(async () => {
  await terminal?.stop();
});

test('a technician sees how each device fares', async () => {
  await openConsole();
  const { badge, pin } = badgeOf('T-07');
  await hold(badge);
  await seePage('log-in');
  await typePin(pin);
  await seePage('overview');
  await at('nav [data-page="devices"]').click();
  await seePage('devices');
  await expect(at('[data-pill="source"]')).toHaveText('来自设置文件');
  for (const role of ['reader', 'scanner']) {
    await expect(at(`[data-device="${role}"]`)).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
    await expect(at(`[data-device="${role}"] [data-health="connections"] dd`)).toHaveText('1');
  }
  // The badge itself came through the scanner, and the reader has been answering since it was opened.
  for (const role of ['reader', 'scanner'])
    await expect(at(`[data-device="${role}"] [data-health="frames"] dd`)).not.toHaveText('0');
});

test('what is plugged in is listed, configured or not', async () => {
  await at('[data-action="look-attached"]').click();
  await expect(at('[data-panel="attached"] .answers > *').first()).toBeVisible();
});

test('the scanner is tried where it is, and its steps are told; nothing is changed', async () => {
  await at('#set-up-device').selectOption('role-scanner');
  await at('[data-action="try-device"]').click();
  await expect(at('[data-prompt="show-code"]')).toContainText('15');
  // What was done is told before the end.
  await expect(at('[data-trial="running"] [data-outcome="passed"]')).toHaveCount(1);
  await inspect('devices-trial-runs');
  await expect(async () => {
    await hold('ANY-CODE');
    await expect(at('[data-trial="passed"]')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(at('[data-outcome="passed"]')).toHaveCount(2);
  await inspect('devices-tried');
  await expect(at('[data-device="scanner"]')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
});

test('a reader waits for a test card when one is said to be laid, and tells nothing of whose it is', async () => {
  await at('#set-up-device').selectOption('role-reader');
  await at('#set-up-card').check();
  await at('[data-action="try-device"]').click();
  await expect(at('[data-prompt="lay-card"]')).toBeVisible();
  await terminal.dock.call('insertCard', { person: 'lin' });
  await expect(at('[data-trial="passed"]')).toBeVisible({ timeout: 20_000 });
  await expect(at('[data-trial]')).toContainText('checks hold');
  await inspect('devices-card-tried');
  await terminal.dock.call('liftCard', {});
  await expect(at('[data-device="reader"]')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
  await at('#set-up-device').selectOption('role-scanner');
});

test('a scanner saved at a wrong place is rolled back by itself, and works as before', async () => {
  await at('#set-up-place').fill('/dev/serial/by-id/no-such-scanner');
  await at('[data-action="save-device"]').click();
  await expect(at('[data-change="trying"]')).toBeVisible();
  await expect(at('[data-device="scanner"]')).toContainText('/dev/serial/by-id/no-such-scanner');
  await inspect('devices-trying');
  await expect(at('[data-change="rolled-back"]')).toHaveAttribute('data-reason', 'not-ready', {
    timeout: 40_000,
  });
  await expect(at('[data-pill="source"]')).toHaveText('来自设置文件');
  await expect(at('[data-device="scanner"]')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
  await inspect('devices-rolled-back');
});

test('saved where it is, it is kept, and the list is the terminal’s own from then on', async () => {
  await at('#set-up-place').fill('');
  await at('[data-action="save-device"]').click();
  await expect(at('[data-change="kept"]')).toBeVisible({ timeout: 30_000 });
  await expect(at('[data-pill="source"]')).toHaveText('本机保存的清单');
  await at('nav [data-page="audit"]').click();
  for (const [type, count] of [
    ['device.tried', 2],
    ['device.rolled-back', 1],
    ['device.saved', 1],
  ] as const)
    await expect(at(`tr[data-type="${type}"]`)).toHaveCount(count);
  expect(readFileSync(terminal.logFile, 'utf8')).toContain('"code":"devices.saved"');
});

test('what cannot be a place, or a device of that place, is refused with its reason', async () => {
  await at('nav [data-page="devices"]').click();
  await at('#set-up-device').selectOption('role-reader');
  await at('#set-up-place').fill('somewhere');
  await at('[data-action="save-device"]').click();
  await expect(at('[data-refused="bad-place"]')).toBeVisible();
  await inspect('devices-refused');
});

const recordingsFolder = () => join(dirname(terminal.logFile), 'station', RECORDINGS_FOLDER);

test('its traffic is recorded while the console is open, with what codes say masked', async () => {
  const { badge } = badgeOf('T-07');
  await at('[data-record="scanner"]').click();
  await expect(at('[data-recording="running"]')).toHaveCount(1);
  const file = (await at('[data-recording="running"] td').first().textContent()) ?? '';
  const path = join(recordingsFolder(), file);
  const empty = readFileSync(path, 'utf8').length;
  await expect(async () => {
    await hold(badge);
    expect(readFileSync(path, 'utf8').length).toBeGreaterThan(empty + 100);
  }).toPass({ timeout: 20_000 });
  await expect(at('[data-notice]')).toHaveCount(0);
  await inspect('devices-recording');
  await at('[data-record="scanner"]').click();
  await expect(at('[data-recording="ended"]')).toHaveCount(1);
  expect(readFileSync(path, 'utf8')).not.toContain(badge.slice(0, 12));
});

test('the recording is played, and its driver does what it did then; what was held to it is not told', async () => {
  const { badge } = badgeOf('T-07');
  const recording = at('[data-recording="ended"]');
  const file = (await recording.locator('td').first().textContent()) ?? '';
  await terminal
    .page()
    .getByRole('button', { name: `回放 ${file}` })
    .click();
  await expect(at('[data-replay="as-recorded"]')).toContainText(file);
  await expect(at('[data-replay]')).toContainText(/scan *\d+ characters/);
  await expect(at('[data-panel="recordings"]')).not.toContainText(badge.slice(0, 12));
  await inspect('devices-replayed');
});

test('the recorded device is tried in place of the real one, which goes on meanwhile', async () => {
  await at('[data-recording="ended"] [data-use="try"]').click();
  await expect(at('[data-panel="recordings"] [data-trial="passed"]')).toBeVisible({ timeout: 20_000 });
  await expect(at('[data-prompt]')).toHaveCount(0);
  await expect(at('[data-device="scanner"]')).toHaveAttribute('data-state', 'ready');
  await inspect('devices-recording-tried');
  expect(readFileSync(terminal.logFile, 'utf8')).toContain('"code":"devices.recording-tried"');
});

test('a recording that the driver no longer agrees with, and a file that is none, are said to be so', async () => {
  const file = (await at('[data-recording="ended"] td').first().textContent()) ?? '';
  const written = readFileSync(join(recordingsFolder(), file), 'utf8');
  const other = 'scanner-20260101-090000.txt';
  writeFileSync(
    join(recordingsFolder(), other),
    written.replace('\n\n', '\nexpect device connecting\nexpect device out-of-service\n\n'),
  );
  writeFileSync(join(recordingsFolder(), 'reader-20260101-080000.txt'), `${written}nonsense\n`);
  await expect(at('[data-recording="ended"]')).toHaveCount(3);
  await terminal
    .page()
    .getByRole('button', { name: `回放 ${other}` })
    .click();
  await expect(at('[data-replay="differs"] [data-replay-faults]')).toContainText('expects');
  await inspect('devices-replay-differs');
  await at('[data-use="replay"]').last().click();
  await expect(at('[data-refused="not-a-recording"]')).toContainText('no such line');
  await inspect('devices-replay-refused');
});

test('a device leaves the list when that is confirmed, and the settings’ devices come back', async () => {
  await at('[data-action="remove-reader"]').click();
  await inspect('devices-asked');
  await at('[data-action="remove-reader-yes"]').click();
  await expect(at('[data-change="removed"]')).toBeVisible();
  await expect(at('[data-device]')).toHaveCount(1);
  await inspect('devices-removed');
  await at('[data-action="erase-list"]').click();
  await at('[data-action="erase-list-yes"]').click();
  await expect(at('[data-change="erased"]')).toBeVisible();
  await expect(at('[data-pill="source"]')).toHaveText('来自设置文件');
  await expect(at('[data-device="reader"]')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startChromiumHost } from '#shell/chromium/chromium-host.ts';

/** Runs the Chromium host where a managed policy lies, and tells what a page can do there, as one line of JSON. */
const folder = mkdtempSync(join(tmpdir(), 'eid-policy-'));
mkdirSync(join(folder, 'pages/citizen'), { recursive: true });
writeFileSync(join(folder, 'pages/citizen/index.html'), '<!doctype html><title>page</title>');
const host = await startChromiumHost({
  executable: process.env.CHROMIUM ?? '/usr/bin/chromium',
  rendererFolder: join(folder, 'pages'),
  profileFolder: join(folder, 'profile'),
  headless: true,
  size: { width: 400, height: 400 },
  sandbox: process.getuid?.() !== 0,
  extraSwitches: ['--use-fake-device-for-media-stream'],
  onCitizen: () => undefined,
  onConsole: () => undefined,
  onCrash: () => undefined,
  onRenewalFailed: (error) => {
    throw error;
  },
  onGone: () => undefined,
});
if (!host.ok) throw new Error(host.error);
const page = host.value.citizenPage();
const media = (constraints: MediaStreamConstraints) =>
  page.evaluate(
    (wanted) =>
      navigator.mediaDevices.getUserMedia(wanted).then(
        (stream) => stream.getTracks().map(({ kind }) => kind),
        (error: Error) => error.name,
      ),
    constraints,
  );
const camera = await media({ video: true });
const microphone = await media({ audio: true });
await host.value.renew();
const other = await host.value.context.newPage();
const opened: Record<string, string> = {};
for (const url of [
  'https://example.com/',
  'data:text/html,x',
  'file:///etc/passwd',
  'chrome://version/',
  'chrome://settings/',
  'devtools://devtools/bundled/inspector.html',
  'view-source:https://kiosk.invalid/citizen/index.html',
]) {
  opened[url] = await tryToOpen(other, url);
}
const renewed = host.value.citizenPage().url();
await host.value.close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ camera, microphone, opened, renewed }));

async function tryToOpen(where: Page, url: string): Promise<string> {
  try {
    await where.goto(url);
    return 'opened';
  } catch (error) {
    await where.waitForTimeout(200);
    const text = error instanceof Error ? error.message : String(error);
    return /ERR_BLOCKED_BY_ADMINISTRATOR|chrome-error:/.test(text) ? 'blocked' : text;
  }
}

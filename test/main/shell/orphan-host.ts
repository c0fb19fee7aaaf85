import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChromiumHost } from '#shell/chromium/chromium-host.ts';

/** A host on its own, to be killed by the test that started it. */
const [folder = ''] = process.argv.slice(2);
mkdirSync(join(folder, 'pages/citizen'), { recursive: true });
writeFileSync(join(folder, 'pages/citizen/index.html'), '<!doctype html><title>host</title>');
const host = await startChromiumHost({
  executable: process.env.CHROMIUM ?? '/usr/bin/chromium',
  rendererFolder: join(folder, 'pages'),
  profileFolder: folder,
  headless: true,
  size: { width: 200, height: 200 },
  sandbox: process.getuid?.() !== 0,
  onCitizen: () => undefined,
  onConsole: () => undefined,
  onCrash: () => undefined,
  onRenewalFailed: () => undefined,
  onGone: () => undefined,
});
if (!host.ok) throw new Error(host.error);
process.send?.('running');

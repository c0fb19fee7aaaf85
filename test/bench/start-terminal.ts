import '../../src/require-node.mjs';
import { resolve } from 'node:path';
import { startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { silentLog } from '#station/log/station-log.ts';
import { loadSettings } from '#station/settings/load-settings.ts';

/** A terminal that is started to be timed: tells its parent when the first screen stands painted, and ends. */
const [settingsFile = '', profileFolder = ''] = process.argv.slice(2);
const settings = await loadSettings({
  file: settingsFile,
  profileFolder: resolve(import.meta.dirname, '../../resources/profiles'),
});
if (!settings.ok) throw new Error(JSON.stringify(settings.error));
const terminal = await startChromiumTerminal({
  settings: settings.value,
  profileFolder,
  headless: true,
  slipPrinter: null,
  log: silentLog,
});
if (!terminal.ok) throw new Error(terminal.error.join('\n'));
const page = terminal.value.host.citizenPage();
await page.locator('[data-screen="attract"], [data-screen="closed"]').first().waitFor();
const painted = await page.evaluate(
  () =>
    new Promise<string>((resolve) => {
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          resolve(document.querySelector<HTMLElement>('[data-screen]')?.dataset.screen ?? ''),
        ),
      );
    }),
);
process.send?.({ painted, rss: process.memoryUsage.rss() });
await terminal.value.close();
process.exit(0);

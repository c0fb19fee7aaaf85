import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ChromiumTerminal, startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openHall } from '../../tools/hall/hall.ts';

/** A whole terminal with simulated devices and a registry, to be measured through its screen. */
export interface RunningTerminal {
  readonly terminal: ChromiumTerminal;
  close(): Promise<void>;
}

export async function runTerminal(name: string): Promise<RunningTerminal> {
  const folder = mkdtempSync(join(tmpdir(), `eid-bench-${name}-`));
  const hall = await openHall({ folder, stationName: 'bench' });
  mkdirSync(join(folder, 'profile'));
  const terminal = await startChromiumTerminal({
    settings: hall.settings,
    profileFolder: join(folder, 'profile'),
    headless: true,
    slipPrinter: null,
    log: silentLog,
    extraSwitches: ['--use-fake-device-for-media-stream'],
  });
  if (!terminal.ok) throw new Error(terminal.error.join('\n'));
  const { station, host } = terminal.value;
  const code = await hall.registry.newProvisioningCode(hall.settings.stationName);
  const provisioned = await station.provision(code);
  if (!provisioned.ok)
    throw new Error(`the bench's station was not provisioned: ${provisioned.error.reason}`);
  await shows(host.citizenPage(), 'attract');
  return {
    terminal: terminal.value,
    async close() {
      await terminal.value.close();
      await hall.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Settles when the page has drawn this screen. */
export async function shows(page: Page, screen: string): Promise<void> {
  await page.locator(`[data-screen="${screen}"]`).first().waitFor();
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
}

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { StationSettings } from '#contract/settings.ts';
import { startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { createStationLog } from '#station/log/station-log.ts';
import type { Station } from '#station/station.ts';
import { type Hall, openHall } from '../../../tools/hall/hall.ts';
import { installReactiveCitizen } from '../../citizens/reactive-citizen.ts';
import { makeCameraFailable } from './camera-fault.ts';

/** A whole terminal at work in a hall of its own; only devices, faces and hands are simulated. */
export interface RealTerminal {
  readonly hall: Hall;
  readonly dock: Hall['simulators']['dock'];
  readonly station: Station;
  /** The page that the citizen sees now; another one after each visit. */
  page(): Page;
  /** Ends the process that draws the citizen's page, as a bug in it would. */
  crashPage(): Promise<void>;
  readonly settings: StationSettings;
  readonly registryFolder: string;
  readonly profileFolder: string;
  /** The station's log, one JSON object a line. */
  readonly logFile: string;
  /** Ends terminal, registry and devices; their files stay. */
  stop(): Promise<void>;
  /** Removes their files. */
  remove(): void;
}

export async function startRealTerminal(options: {
  readonly stationName: string;
  readonly idle: StationSettings['idle'];
}): Promise<RealTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-terminal-'));
  const hall = await openHall({ folder, stationName: options.stationName });
  const settings = { ...hall.settings, idle: options.idle };
  const logFile = join(folder, 'station.log');
  const profileFolder = join(folder, 'profile');
  let pages = 0;
  let stopped = false;
  const started = await startChromiumTerminal({
    settings,
    profileFolder,
    headless: true,
    slipPrinter: null,
    log: createStationLog({ write: (line) => appendFileSync(logFile, line), now: Date.now }),
    extraSwitches: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    preparePage: async (page) => {
      if (pages === 0) await installReactiveCitizen(page.context(), { head: 'lin', ahead: false });
      pages += 1;
      await makeCameraFailable(page);
    },
  });
  if (!started.ok) {
    await hall.close();
    throw new Error(started.error.join('\n'));
  }
  const { station, host, close } = started.value;
  const provisioned = await station.provision(await hall.registry.newProvisioningCode(options.stationName));
  if (!provisioned.ok) throw new Error(provisioned.error.reason);
  await expect.poll(() => station.standing().online, { timeout: 30_000 }).toBe(true);
  return {
    hall,
    dock: hall.simulators.dock,
    station,
    page: host.citizenPage,
    async crashPage() {
      const page = host.citizenPage();
      const session = await page.context().newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      // No answer comes to this: who should give it is gone.
      await Promise.race([crashed, session.send('Page.crash')]);
      await crashed;
    },
    settings,
    registryFolder: join(folder, 'registry'),
    profileFolder,
    logFile,
    async stop() {
      if (stopped) return;
      stopped = true;
      await close();
      await hall.close();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

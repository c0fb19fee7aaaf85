import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '#domain/result.ts';
import { type ChromiumTerminal, startChromiumTerminal } from '#shell/chromium/chromium-terminal.ts';
import { createStationLog } from '#station/log/station-log.ts';
import type { SlipPrinter } from '#station/ports.ts';
import { installReactiveCitizen } from '../../test/citizens/reactive-citizen.ts';
import type { Hall } from '../hall/hall.ts';
import type { Journal } from './journal.ts';
import { openRegistryDesk, type RegistryDesk } from './registry-desk.ts';
import { type Citizen, type Eyes, waitForScreen } from './scripted-citizen.ts';
import type { SeenScreen } from './visit-gallery.ts';

/** The demo's terminal: every screen is pictured, every slip kept. */
export interface WatchedTerminal {
  readonly terminal: ChromiumTerminal;
  /** Makes it a station; what is returned is the way to the registry from outside the hall. */
  provision(): Promise<RegistryDesk>;
  eyes(visit: Pick<Citizen, 'visit' | 'language'>): Eyes;
  /** What the station had its page show, in order. */
  readonly seen: readonly SeenScreen[];
  setNetwork(network: 'up' | 'cut'): Promise<void>;
  until(condition: () => boolean): Promise<void>;
}

export async function startWatchedTerminal(options: {
  readonly hall: Hall;
  readonly folder: string;
  readonly out: string;
  readonly journal: Journal;
  /** Heads before the camera, one for each visit in order; the last stays. */
  readonly heads: readonly ('lin' | 'mei')[];
}): Promise<WatchedTerminal> {
  const { hall, folder, out, journal, heads } = options;
  let slips = 0;
  const printer: SlipPrinter = {
    async print(slip) {
      slips += 1;
      writeFileSync(join(out, `slip-${slips}.pdf`), await slip.pdf());
      return ok(undefined);
    },
  };
  let pages = 0;
  const started = await startChromiumTerminal({
    settings: hall.settings,
    profileFolder: join(folder, 'profile'),
    headless: process.env.DISPLAY === undefined,
    slipPrinter: printer,
    log: createStationLog({
      write: (line) => appendFileSync(join(out, 'station.log'), line),
      now: Date.now,
    }),
    extraSwitches: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    preparePage: async (page) => {
      const head = heads[Math.min(pages, heads.length - 1)] ?? 'lin';
      if (pages === 0) await installReactiveCitizen(page.context(), { head });
      else
        await page.addInitScript(
          (name) => Object.assign((window as unknown as { citizen: object }).citizen, { head: name }),
          head,
        );
      pages += 1;
    },
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  const terminal = started.value;
  const { dock } = hall.simulators;
  const seen: SeenScreen[] = [];

  return {
    terminal,
    seen,
    async provision() {
      const code = await hall.registry.newProvisioningCode(hall.settings.stationName);
      const provisioned = await terminal.station.provision(code);
      if (!provisioned.ok) throw new Error(provisioned.error.reason);
      await waitForScreen(terminal.host.citizenPage(), ['attract']);
      return openRegistryDesk({ registryUrl: `https://127.0.0.1:${hall.registry.port}`, code });
    },
    eyes({ visit, language }) {
      const pictures = join(out, 'screens/live', `${visit} ${language}`);
      mkdirSync(pictures, { recursive: true });
      let number = 0;
      return {
        page: () => terminal.host.citizenPage(),
        dock,
        journal,
        async look(name) {
          number += 1;
          const picture = `${String(number).padStart(2, '0')}-${name}`;
          seen.push({ visit, picture, snapshot: terminal.station.snapshot() });
          const page = terminal.host.citizenPage();
          await page.evaluate(comeToRest);
          await page.screenshot({ path: join(pictures, `${picture}.png`) });
        },
      };
    },
    async setNetwork(network) {
      await dock.call('setNetwork', { network });
      await until(() => terminal.station.standing().online === (network === 'up'));
    },
    until,
  };
}

/** Runs in the page: waits until what moves in has moved in. Pictograms that move for ever are not waited for. */
async function comeToRest(): Promise<void> {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const ending = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
  // An animation whose element goes away is cancelled, and its promise rejected: then it is at rest too.
  await Promise.allSettled(ending.map((animation) => animation.finished));
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

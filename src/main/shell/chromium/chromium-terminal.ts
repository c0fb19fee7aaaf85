import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { StationSettings } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { SlipPrinter } from '#station/ports.ts';
import type { BootClock } from '#station/staff/boot-clock.ts';
import type { Station } from '#station/station.ts';
import { forkProcessHost } from '../fork-process-host.ts';
import { startTerminal } from '../terminal.ts';
import { type ChromiumHost, startChromiumHost } from './chromium-host.ts';

const root = resolve(import.meta.dirname, '../../../..');

export interface ChromiumTerminalOptions {
  readonly settings: StationSettings;
  readonly profileFolder: string;
  readonly headless: boolean;
  readonly slipPrinter: SlipPrinter | null;
  readonly log: StationLog;
  readonly executable?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly windowed?: boolean;
  readonly extraSwitches?: readonly string[];
  readonly preparePage?: (page: Page) => Promise<void>;
  /** The machine's own unless given. */
  readonly bootClock?: BootClock;
  /** A session is over and the next citizen's page stands. */
  readonly onRenewed?: () => void;
  /** Chromium ended by itself; without a screen the terminal has to be started anew. */
  readonly onGone?: () => void;
}

export interface ChromiumTerminal {
  readonly station: Station;
  readonly host: ChromiumHost;
  close(): Promise<void>;
}

const HOST_SENTENCES = {
  'chromium-missing': 'Chromium is missing; install it: apt-get install chromium',
  'sandbox-needs-ordinary-user':
    'Chromium’s sandbox needs an ordinary user; start the terminal as one. As root it runs in demo mode only.',
} as const;

/** The whole terminal under the Chromium host: station, drivers' process, browser. */
export async function startChromiumTerminal(
  options: ChromiumTerminalOptions,
): Promise<Result<ChromiumTerminal, readonly string[]>> {
  const { settings, log } = options;
  // Without its sandbox Chromium is for demonstrations only: a kiosk's user is never root.
  const sandbox = !(process.getuid?.() === 0 && settings.mode === 'demo');
  const started = await startTerminal({
    settings,
    keyStore: fileKeyStore({ path: join(settings.dataFolder, 'station.key') }),
    processHost: forkProcessHost({
      drivers: join(root, 'src/drivers/main.ts'),
      faces: join(root, 'src/faces/main.ts'),
    }),
    slipPrinter: options.slipPrinter,
    log,
    ...(options.bootClock ? { bootClock: options.bootClock } : {}),
    host: {
      // Chromium refuses its sandbox to root.
      sandboxed: process.getuid?.() !== 0,
      pagePrepared: options.preparePage !== undefined || (options.extraSwitches ?? []).length > 0,
    },
  });
  if (!started.ok) return started;
  const station = started.value;
  const host = await startChromiumHost({
    executable: options.executable ?? process.env.CHROMIUM ?? '/usr/bin/chromium',
    rendererFolder: join(root, 'build/renderer'),
    profileFolder: options.profileFolder,
    headless: options.headless,
    size: options.size ?? { width: 1080, height: 1920 },
    sandbox,
    ...(options.windowed === undefined ? {} : { windowed: options.windowed }),
    ...(options.extraSwitches ? { extraSwitches: options.extraSwitches } : {}),
    ...(options.preparePage ? { preparePage: options.preparePage } : {}),
    onCitizen: (channel) => station.attachCitizen(channel),
    onConsole: (channel) => station.attachConsole(channel),
    onCrash: () => log.error('renderer.crashed'),
    onRenewalFailed: (error) => log.error('renderer.not-renewed', { error }),
    onGone: () => {
      log.error('host.gone');
      options.onGone?.();
    },
  });
  if (!host.ok) {
    await station.close();
    return err([HOST_SENTENCES[host.error]]);
  }
  station.onSessionEnd(async () => {
    await host.value.renew();
    options.onRenewed?.();
  });
  station.onConsole(() => {
    host.value.showConsole().catch((error: unknown) => {
      log.error('console.not-shown', { error });
      station.staffLeft();
    });
  });
  return ok({
    station,
    host: host.value,
    async close() {
      await host.value.close();
      await station.close();
    },
  });
}

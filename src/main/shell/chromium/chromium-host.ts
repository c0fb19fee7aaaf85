import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Route } from 'playwright-core';
import type { Channel } from '#contract/channel.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { systemTimers } from '#drivers/timers.ts';
import { CONFINE_PAGE_SCRIPT } from '../confine-page.ts';
import { SECURITY_HEADERS } from '../content-security-policy.ts';
import { pageRestarts } from '../page-restarts.ts';
import { readRendererFile } from '../renderer-files.ts';
import { PAGE_RESTARTS } from '../restart-rule.ts';
import { KIOSK_ORIGIN, pageChannel } from './page-channel.ts';

export interface ChromiumHostOptions {
  readonly executable: string;
  readonly rendererFolder: string;
  /** Profile folder; on a kiosk a tmpfs that is emptied at boot. */
  readonly profileFolder: string;
  readonly headless: boolean;
  readonly size: { readonly width: number; readonly height: number };
  /** An ordinary window with room beside it, for demonstrations; a kiosk's fills the display. */
  readonly windowed?: boolean;
  /** Off only for a demonstration as root: Chromium refuses its sandbox there. */
  readonly sandbox: boolean;
  /** More switches, for tests: a fake camera's file, say. */
  readonly extraSwitches?: readonly string[];
  /** Called with each new citizen page before it loads: tests and the demo put a rendered camera there. */
  readonly preparePage?: (page: Page) => Promise<void>;
  /** A citizen's page is about to load; its channel goes to the station. */
  readonly onCitizen: (channel: Channel) => void;
  /** The console's page has come up in place of the citizen's; its channel goes to the station. */
  readonly onConsole: (channel: Channel) => void;
  /** Called after a crash of the renderer; the same screen is already on its way back. */
  readonly onCrash: () => void;
  /** The page that should have come after a crash did not. */
  readonly onRenewalFailed: (error: unknown) => void;
  /** Chromium itself ended, or its pages are lost again and again: there is no screen any more. */
  readonly onGone: () => void;
}

export interface ChromiumHost {
  readonly context: BrowserContext;
  /** The page that stands on the screen now, the citizen's or the console; another one after each renewal. */
  citizenPage(): Page;
  /** Opens a further window of ours to the right of the citizen's, with a channel of its own. */
  openWindow(path: string, name: 'eidDockChannel'): Promise<{ page: Page; channel: Channel }>;
  /** Ends the renderer's process and starts a new one: nothing of the last citizen stays in its memory. */
  renew(): Promise<void>;
  /** Settles when the page on the screen has run a script. */
  ask(): Promise<unknown>;
  /** The page hangs: another takes its place and shows the same screen. */
  lost(): void;
  /** Whose page stands on the screen. */
  face(): Face;
  /** Puts the console in the citizen's place, in a process of its own; {@link renew} puts the citizen's back. */
  showConsole(): Promise<void>;
  close(): Promise<void>;
}

export type Face = 'citizen' | 'console';
const PAGES: Readonly<Record<Face, string>> = {
  citizen: `${KIOSK_ORIGIN}/citizen/index.html`,
  console: `${KIOSK_ORIGIN}/console/index.html`,
};

/** Chromium asks its makers for many things by itself; with these it asks nobody. */
export const QUIET_SWITCHES: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** The lock-down list of the Chromium host: no foreign hosts, no background traffic, no ways out of the page. */
const SWITCHES = [
  ...QUIET_SWITCHES,
  '--app=about:blank',
  '--disable-translate',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-pinch',
  '--disable-spell-checking',
  '--dns-prefetch-disable',
  '--no-proxy-server',
  '--overscroll-history-navigation=0',
  '--disable-features=Translate,OptimizationHints,MediaRouter,InterestFeedContentSuggestions,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
  '--disk-cache-size=1',
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Runs the citizen's screen in the system's Chromium over the debugging pipe: no listening socket, and Chromium ends
 * when this process does. `playwright-core` is the pipe's client.
 */
export async function startChromiumHost(
  options: ChromiumHostOptions,
): Promise<Result<ChromiumHost, 'chromium-missing' | 'sandbox-needs-ordinary-user'>> {
  if (options.sandbox && process.getuid?.() === 0) return err('sandbox-needs-ordinary-user');
  writePreferences(options.profileFolder);
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(options.profileFolder, {
      executablePath: options.executable,
      headless: options.headless,
      chromiumSandbox: options.sandbox,
      viewport: options.headless ? options.size : null,
      ignoreDefaultArgs: ['--enable-automation'],
      acceptDownloads: false,
      args: [
        ...SWITCHES,
        ...(options.windowed ? [] : ['--kiosk']),
        `--window-size=${options.size.width},${options.size.height}`,
        '--window-position=0,0',
        ...(options.extraSwitches ?? []),
      ],
    });
  } catch (error) {
    if (error instanceof Error && /executable doesn't exist|ENOENT/i.test(error.message))
      return err('chromium-missing');
    throw error;
  }
  await context.route('**/*', (route) => answer(route, options.rendererFolder));
  await context.grantPermissions(['camera'], { origin: KIOSK_ORIGIN });
  const first = context.pages()[0];
  let closing = false;
  let shown: { readonly face: Face; readonly page: Page } = {
    face: 'citizen',
    page: await openPage('citizen'),
  };
  await first?.close();
  let renewing: Promise<void> = Promise.resolve();
  const restarts = pageRestarts({
    rule: PAGE_RESTARTS,
    timers: systemTimers,
    restart: () => {
      replaceWith(shown.face).catch((error: unknown) => {
        if (closing) return;
        options.onRenewalFailed(error);
        restarts.ended();
      });
    },
    giveUp: options.onGone,
  });
  context.on('close', () => {
    if (!closing) options.onGone();
  });

  async function openPage(face: Face): Promise<Page> {
    const page = await context.newPage();
    try {
      if (face === 'citizen') await options.preparePage?.(page);
      await forget(context, page);
      await page.addInitScript({ content: CONFINE_PAGE_SCRIPT });
      guard(page, face);
      const channel = await pageChannel(page, 'eidChannel');
      await page.goto(PAGES[face]);
      // Only a page that stands takes the station over from the one before; what it said meanwhile was kept.
      if (face === 'citizen') options.onCitizen(channel);
      else options.onConsole(channel);
      return page;
    } catch (error) {
      await page.close();
      throw error;
    }
  }

  function guard(page: Page, face: Face): void {
    let loaded = false;
    page.once('load', () => {
      loaded = true;
    });
    page.on('dialog', (dialog) => void dialog.dismiss());
    page.on('popup', (popup) => void popup.close());
    page.on('framenavigated', (frame) => {
      const strayed = loaded && frame === page.mainFrame() && !frame.url().startsWith(`${KIOSK_ORIGIN}/`);
      if (strayed) void page.goto(PAGES[face]);
    });
    page.on('crash', () => {
      if (closing || page !== shown.page) return;
      options.onCrash();
      restarts.ended();
    });
  }

  async function newWindow(): Promise<Page> {
    const browser = context.browser();
    if (options.headless || browser === null) return context.newPage();
    const session = await browser.newBrowserCDPSession();
    const opened = context.waitForEvent('page');
    await session.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      left: options.size.width + 8,
      top: 0,
      width: 980,
      height: options.size.height,
    });
    await session.detach();
    return opened;
  }

  /** One after the other: a crash may fall into the renewal at a session's end. */
  function replaceWith(face: Face): Promise<void> {
    const next = renewing.then(async () => {
      const old = shown;
      shown = { face, page: await openPage(face) };
      await old.page.close();
    });
    // The one who asked hears of a failure; the next renewal is tried all the same.
    renewing = next.catch(() => undefined);
    return next;
  }

  return ok({
    context,
    citizenPage: () => shown.page,
    async openWindow(path, name) {
      const page = await newWindow();
      const channel = await pageChannel(page, name);
      await page.goto(`${KIOSK_ORIGIN}${path}`);
      return { page, channel };
    },
    renew: () => replaceWith('citizen'),
    ask: () => shown.page.evaluate('0'),
    lost: restarts.ended,
    face: () => shown.face,
    showConsole: () => replaceWith('console'),
    async close() {
      closing = true;
      restarts.stop();
      await context.close();
    },
  });
}

/** Chromium keeps one profile for all pages: what one left in it goes before the next one loads. */
async function forget(context: BrowserContext, page: Page): Promise<void> {
  await context.clearCookies();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: KIOSK_ORIGIN, storageTypes: 'all' });
  await session.detach();
}

/** What Chromium does by its preferences, whatever its switches say: a bubble over the page that offers to translate. */
function writePreferences(profileFolder: string): void {
  const folder = join(profileFolder, 'Default');
  mkdirSync(folder, { recursive: true });
  const preferences = { translate: { enabled: false }, browser: { enable_spellchecking: false } };
  writeFileSync(join(folder, 'Preferences'), JSON.stringify(preferences));
}

/** Serves our own files and nothing else: a request for any other host ends here. */
async function answer(route: Route, folder: string): Promise<void> {
  const url = new URL(route.request().url());
  if (url.origin !== KIOSK_ORIGIN || route.request().method() !== 'GET')
    return route.abort('blockedbyclient');
  const file = await readRendererFile({ folder, path: url.pathname });
  if (!file.ok) return route.fulfill({ status: 404, headers: SECURITY_HEADERS, body: '' });
  return route.fulfill({
    status: 200,
    headers: { ...SECURITY_HEADERS, 'content-type': file.value.contentType },
    body: file.value.body,
  });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConsoleMessage, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChromiumHost } from '#shell/chromium/chromium-host.ts';
import { KIOSK_ORIGIN } from '#shell/chromium/page-channel.ts';
import { LOCK_DOWN, type LockDownItem } from '#shell/lock-down-list.ts';
import { type ChromiumCarrier, startChromiumCarrier } from '../../contract/chromium-channel.ts';
import { app, crashReporter, fake, Menu, powerSaveBlocker } from './electron/fake-electron.ts';
import type { FakeContents } from './electron/fake-window.ts';
import { type RunningEntry, runEntry } from './electron/run-entry.ts';

vi.mock('electron', () => import('./electron/fake-electron.ts'));

const root = resolve(import.meta.dirname, '../../..');
const unit = (name: string) => readFileSync(join(root, 'resources/systemd', name), 'utf8');
const ELSEWHERE = ['https://example.com/', 'file:///etc/passwd', 'eid://terminal.evil/', 'data:text/html,x'];
const SHORTCUTS = ['Control+P', 'Control+S', 'Control+Shift+I', 'F12', 'F5', 'Alt+ArrowLeft', 'Control+N'];

let folder: string;
let entry: RunningEntry;
let carrier: ChromiumCarrier;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eid-lock-down-'));
  entry = await runEntry({ folder, parameters: ['--ozone-platform=wayland'] });
  carrier = await startChromiumCarrier();
});
afterAll(async () => {
  await carrier.close();
  await entry.end();
  rmSync(folder, { recursive: true, force: true });
});

const contents = (): FakeContents => entry.shown().webContents;
const preferences = () => entry.shown().options.webPreferences;
const page = (): Page => carrier.host.citizenPage();

/** The arguments of the browser that the host started. */
function browserArguments(): readonly string[] {
  const children = execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const lines = children.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
  const browser = lines.find((line) => line.includes(`--user-data-dir=${carrier.profileFolder}`));
  if (!browser) throw new Error('the browser was not found among the children');
  return browser;
}

/** Whether the page kept a DOM event from having its effect. */
function prevented(kind: string, fields: Record<string, unknown> = {}): Promise<boolean> {
  return page().evaluate(
    ({ kind, fields }) => {
      const given = { bubbles: true, cancelable: true, ...fields };
      const event =
        kind === 'wheel'
          ? new WheelEvent(kind, given)
          : kind === 'keydown'
            ? new KeyboardEvent(kind, given)
            : new MouseEvent(kind, given);
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    },
    { kind, fields },
  );
}

/** What the browser writes on the page's console while something is tried. */
async function consoleWhile(tried: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const listen = (message: ConsoleMessage) => void lines.push(message.text());
  page().on('console', listen);
  await tried();
  await page().waitForTimeout(200);
  page().off('console', listen);
  return lines.join('\n');
}

/** Waits for a condition of another process; the limit only bounds a broken run. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((done) => setTimeout(done, 20));
  }
}

interface Proof {
  readonly electron: () => void | Promise<void>;
  readonly chromium: () => void | Promise<void>;
}

const PROOFS: Readonly<Record<LockDownItem, Proof>> = {
  'shows no menu and no frame of a window': {
    electron: () => {
      expect(Menu.shown).toBeNull();
      expect(entry.shown().options).toMatchObject({
        kiosk: true,
        fullscreen: true,
        frame: false,
        closable: false,
        autoHideMenuBar: true,
      });
    },
    chromium: () => {
      expect(browserArguments()).toEqual(expect.arrayContaining(['--kiosk', '--app=about:blank']));
    },
  },
  'passes no keyboard shortcut on': {
    electron: () => {
      expect(contents().getsKey({ key: 'p', control: true })).toBe(false);
      expect(contents().getsKey({ key: 'F4', alt: true })).toBe(false);
      expect(contents().getsKey({ key: 'F12' })).toBe(false);
      expect(contents().getsKey({ key: 'x' })).toBe(true);
    },
    chromium: async () => {
      await page().evaluate(() => {
        const seen: string[] = [];
        Object.assign(globalThis, { seen });
        addEventListener('keydown', ({ key }) => void seen.push(key));
      });
      for (const shortcut of SHORTCUTS) await page().keyboard.press(shortcut);
      await page().keyboard.press('x');
      const seen = await page().evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
      expect(seen.filter((key) => key !== 'Shift')).toEqual(['x']);
      expect(await prevented('keydown', { key: 's', ctrlKey: true })).toBe(true);
      expect(await prevented('keydown', { key: 's' })).toBe(false);
    },
  },
  'does not zoom': {
    electron: () => {
      expect(contents().zoomsBy(1.5)).toBe(1);
      expect(contents().zoomLimits).toEqual([1, 1]);
    },
    chromium: async () => {
      expect(await prevented('wheel', { ctrlKey: true, deltaY: 10 })).toBe(true);
      expect(await prevented('wheel', { deltaY: 10 })).toBe(false);
      expect(await prevented('keydown', { key: '+', ctrlKey: true })).toBe(true);
    },
  },
  'does not pinch': {
    electron: () => {
      expect(app.commandLine.hasSwitch('disable-pinch')).toBe(true);
      expect(contents().zoomLimits).toEqual([1, 1]);
    },
    chromium: async () => {
      const session = await carrier.host.context.newCDPSession(page());
      await session.send('Input.synthesizePinchGesture', { x: 200, y: 300, scaleFactor: 2 });
      await session.detach();
      expect(await page().evaluate(() => visualViewport?.scale)).toBe(1);
    },
  },
  'takes nothing that is dragged onto it': {
    electron: () => {
      expect(preferences().navigateOnDragDrop).toBe(false);
      // The preload confines the page by the same function as the other host.
      expect(readFileSync(join(root, 'src/main/shell/electron/preload.ts'), 'utf8')).toMatch(
        /^confinePage\(isTyping\);$/m,
      );
    },
    chromium: async () => {
      for (const kind of ['dragover', 'drop', 'dragstart']) expect(await prevented(kind)).toBe(true);
    },
  },
  'opens no context menu': {
    electron: () => expect(contents().opensContextMenu()).toBe(false),
    chromium: async () => expect(await prevented('contextmenu')).toBe(true),
  },
  'opens no developer tools': {
    electron: () => {
      expect(preferences().devTools).toBe(false);
      expect(contents().opensDevTools()).toBe(false);
      // A window that something else opens is confined like our own.
      const child = entry.shown().webContents;
      expect(child.getsKey({ key: 'I', control: true, shift: true })).toBe(false);
    },
    chromium: async () => {
      expect(await prevented('keydown', { key: 'F12' })).toBe(true);
      expect(await prevented('keydown', { key: 'I', ctrlKey: true, shiftKey: true })).toBe(true);
      // On a kiosk the managed policy refuses their page as well; its own test shows that.
      expect(browserArguments().filter((one) => one.includes('auto-open-devtools'))).toEqual([]);
    },
  },
  'prints nothing that the page asks for': {
    electron: async () => expect(await policyOf('eid')).toMatch(/sandbox(?!.*allow-modals)/),
    chromium: async () => {
      expect(await consoleWhile(() => page().evaluate(() => print()))).toMatch(/print\(\).*sandboxed/);
    },
  },
  'downloads nothing': {
    electron: async () => {
      const download = { prevented: false, preventDefault: () => {} };
      download.preventDefault = () => {
        download.prevented = true;
      };
      preferences().session.emit('will-download', download);
      expect(download.prevented).toBe(true);
      expect(await policyOf('eid')).toMatch(/sandbox(?!.*allow-downloads)/);
    },
    chromium: async () => {
      let downloads = 0;
      page().on('download', () => {
        downloads += 1;
      });
      const said = await consoleWhile(() =>
        page().evaluate(() => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(['x']));
          link.download = 'x.txt';
          document.body.append(link);
          link.click();
        }),
      );
      expect(downloads).toBe(0);
      expect(said).toMatch(/Download is disallowed/);
    },
  },
  'grants the camera to our own pages, and nothing else to anybody': {
    electron: async () => {
      const { session } = preferences();
      const own = 'eid://terminal/citizen/index.html';
      expect(await session.permits('media', own, ['video'])).toBe(true);
      expect(await session.permits('media', own, ['audio'])).toBe(false);
      expect(await session.permits('media', own, ['video', 'audio'])).toBe(false);
      expect(await session.permits('media', own)).toBe(false);
      for (const url of ['https://example.com/', 'eid://terminal.evil/x', 'eid://other/x'])
        expect(await session.permits('media', url, ['video'])).toBe(false);
      for (const permission of [
        'geolocation',
        'notifications',
        'clipboard-read',
        'fullscreen',
        'openExternal',
      ])
        expect(await session.permits(permission, own)).toBe(false);
      expect(session.ask('device')).toBe(false);
      expect(await new Promise((answer) => session.ask('displayMedia', {}, answer))).toBeNull();
    },
    chromium: async () => {
      const asked = await page().evaluate(async () => {
        const state = async (name: string) =>
          navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state);
        const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'granted',
          (error: Error) => error.name,
        );
        const names = ['camera', 'geolocation', 'notifications', 'midi'];
        return { microphone, states: await Promise.all(names.map(state)) };
      });
      expect(asked.states[0]).toBe('granted');
      expect(asked.states.slice(1)).not.toContain('granted');
      expect(asked.microphone).not.toBe('granted');
    },
  },
  'navigates nowhere but within our own pages': {
    electron: () => {
      for (const url of ELSEWHERE) {
        expect(contents().navigates('will-navigate', url)).toBe(false);
        expect(contents().navigates('will-frame-navigate', url)).toBe(false);
      }
      expect(contents().navigates('will-navigate', 'eid://terminal/console/index.html')).toBe(true);
      expect(contents().keepsItselfOpen()).toBe(false);
    },
    chromium: async () => {
      for (const url of ['https://example.com/', 'file:///etc/passwd']) {
        await page().evaluate((address) => {
          setTimeout(() => {
            location.href = address;
          });
        }, url);
        await page().waitForTimeout(300);
        await page().waitForURL(`${KIOSK_ORIGIN}/citizen/index.html`);
      }
    },
  },
  'follows no redirect to anywhere else': {
    electron: () => {
      for (const url of ELSEWHERE) expect(contents().navigates('will-redirect', url)).toBe(false);
    },
    chromium: async () => {
      // Every answer comes from the host itself, and it knows two: a file, or none.
      const statuses = await page().evaluate(
        async (paths) =>
          Promise.all(
            paths.map((path) => fetch(path, { redirect: 'manual' }).then((answer) => answer.status)),
          ),
        [
          '/citizen/index.html',
          '/citizen',
          '/',
          '/..%2f',
          '/citizen/index.html?redirect=https://example.com/',
        ],
      );
      expect([...new Set(statuses)].toSorted()).toEqual([200, 404]);
    },
  },
  'opens no further window': {
    electron: () => {
      for (const url of [...ELSEWHERE, 'eid://terminal/citizen/index.html', 'about:blank'])
        expect(contents().opensWindow(url)).toBe(false);
    },
    chromium: async () => {
      expect(await page().evaluate(() => open('about:blank') === null)).toBe(true);
      expect(carrier.host.context.pages()).toHaveLength(1);
    },
  },
  'embeds no foreign page': {
    electron: async () => {
      expect(contents().attachesWebview()).toBe(false);
      expect(preferences().webviewTag).toBe(false);
      expect(await policyOf('eid')).toMatch(/default-src 'none'/);
    },
    chromium: async () => {
      const said = await consoleWhile(() =>
        page().evaluate(() => {
          const frame = document.createElement('iframe');
          frame.src = 'https://example.com/';
          document.body.append(frame);
        }),
      );
      expect(said).toMatch(/Content Security Policy/);
    },
  },
  'loads nothing from anywhere else': {
    electron: async () => {
      const { session } = preferences();
      for (const url of ELSEWHERE) expect(await session.request(url)).toBe('cancelled');
    },
    chromium: async () => {
      const loaded = await page().evaluate(() =>
        fetch('https://example.com/').then(
          () => 'loaded',
          () => 'refused',
        ),
      );
      expect(loaded).toBe('refused');
    },
  },
  'runs once': {
    electron: () => {
      app.emit('second-instance', {}, [], '/');
      expect(entry.shown().focused).toBeGreaterThan(0);
    },
    chromium: async () => {
      const second = startChromiumHost({
        executable: process.env.CHROMIUM ?? '/usr/bin/chromium',
        rendererFolder: '/nowhere',
        profileFolder: carrier.profileFolder,
        headless: true,
        size: { width: 100, height: 100 },
        sandbox: process.getuid?.() !== 0,
        onCitizen: () => undefined,
        onConsole: () => undefined,
        onCrash: () => undefined,
        onRenewalFailed: () => undefined,
        onGone: () => undefined,
      });
      await expect(second).rejects.toThrow();
    },
  },
  'keeps the display awake': {
    electron: () => expect(powerSaveBlocker.running).toEqual(['prevent-display-sleep']),
    // The compositor decides; cage has no idle time after which it would switch the display off.
    chromium: () => expect(unit('eid-terminal-display.service')).toMatch(/^ExecStart=\/usr\/bin\/cage /m),
  },
  'opens no debugging port': {
    electron: () => {
      const names = [...app.switches.keys()];
      expect(names.filter((name) => /debug|inspect/.test(name))).toEqual([]);
    },
    chromium: () => {
      const debugging = browserArguments().filter((one) => one.includes('debugging'));
      expect(debugging).toEqual(['--remote-debugging-pipe']);
    },
  },
  'keeps nothing of one page for the next': {
    electron: () => {
      const partitions = fake.sessions.map(({ partition }) => partition);
      expect(new Set(partitions).size).toBe(fake.windows.length);
      expect(partitions.filter((name) => name.startsWith('persist:'))).toEqual([]);
      expect(fake.sessions.every(({ options }) => options.cache === false)).toBe(true);
    },
    chromium: async () => {
      await page().evaluate(async () => {
        localStorage.setItem('left', '张三');
        await cookieStore.set('left', '1');
        await caches.open('left');
        await new Promise((done) => {
          indexedDB.open('left').onsuccess = done;
        });
      });
      await carrier.host.renew();
      const left = await page().evaluate(async () => ({
        storage: localStorage.length,
        cookies: (await cookieStore.getAll()).length,
        caches: (await caches.keys()).length,
        databases: (await indexedDB.databases()).length,
      }));
      expect(left).toEqual({ storage: 0, cookies: 0, caches: 0, databases: 0 });
    },
  },
  'reports no crash to anybody': {
    electron: () => {
      expect(crashReporter.started).toBe(0);
      expect(app.commandLine.hasSwitch('disable-crash-reporter')).toBe(true);
    },
    chromium: () => {
      expect(browserArguments()).toEqual(
        expect.arrayContaining(['--disable-breakpad', '--disable-crash-reporter']),
      );
    },
  },
  'checks no spelling': {
    electron: () => {
      expect(preferences().spellcheck).toBe(false);
      expect(preferences().session.spellChecker).toBe(false);
    },
    chromium: () => {
      expect(browserArguments()).toContain('--disable-spell-checking');
      const file = join(carrier.profileFolder, 'Default/Preferences');
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        browser: { enable_spellchecking: false },
      });
    },
  },
  'looks up no names and uses no proxy': {
    electron: () => {
      expect(preferences().session.proxy).toEqual({ mode: 'direct' });
      expect(app.commandLine.getSwitchValue('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
      for (const name of ['no-proxy-server', 'dns-prefetch-disable'])
        expect(app.commandLine.hasSwitch(name)).toBe(true);
    },
    chromium: () => {
      expect(browserArguments()).toEqual(
        expect.arrayContaining([
          '--host-resolver-rules=MAP * ~NOTFOUND',
          '--no-proxy-server',
          '--dns-prefetch-disable',
        ]),
      );
    },
  },
  'shows the same screen again after a crash': {
    electron: async () => {
      const crashed = entry.shown();
      crashed.webContents.crash();
      await until(() => crashed.isDestroyed());
      expect(contents().url).toBe('eid://terminal/citizen/index.html');
    },
    chromium: async () => {
      const channels = carrier.channels.length;
      const crashed = page();
      const session = await carrier.host.context.newCDPSession(crashed);
      // The call never answers: its page is gone.
      session.send('Page.crash').catch(() => undefined);
      await until(() => carrier.channels.length === channels + 1 && page() !== crashed);
      expect(page().url()).toBe(`${KIOSK_ORIGIN}/citizen/index.html`);
    },
  },
  'replaces a page that hangs': {
    electron: async () => {
      const hanging = entry.shown();
      hanging.webContents.emit('unresponsive');
      await until(() => hanging.isDestroyed());
      expect(entry.shown()).not.toBe(hanging);
    },
    chromium: async () => {
      const hanging = page();
      // Nothing of the page runs any more; the host finds out because nobody answers.
      hanging.evaluate('for (;;);').catch(() => undefined);
      const asked = await Promise.race([
        carrier.host.ask().then(() => 'answers'),
        new Promise((done) => setTimeout(() => done('silent'), 1000)),
      ]);
      expect(asked).toBe('silent');
      carrier.host.lost();
      await until(() => page() !== hanging);
      await expect(carrier.host.ask()).resolves.toBe(0);
    },
  },
};

async function policyOf(scheme: 'eid'): Promise<string> {
  const answer = await preferences().session.request(`${scheme}://terminal/citizen/index.html`);
  return answer === 'cancelled' ? '' : (answer.headers.get('content-security-policy') ?? '');
}

describe.each(['electron', 'chromium'] as const)('the %s host', (host) => {
  it.each(LOCK_DOWN)('%s', async (item) => {
    await PROOFS[item][host]();
  });
});

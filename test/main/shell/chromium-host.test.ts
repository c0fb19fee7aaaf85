import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromiumHost } from '#shell/chromium/chromium-host.ts';
import { KIOSK_ORIGIN } from '#shell/chromium/page-channel.ts';
import { type ChromiumCarrier, startChromiumCarrier } from '../../contract/chromium-channel.ts';

let carrier: ChromiumCarrier;
beforeAll(async () => {
  carrier = await startChromiumCarrier();
});
afterAll(() => carrier.close());

/** Waits for a condition of another process; the limit only bounds a broken run. */
async function until(condition: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function rendererIds(): Promise<Set<number>> {
  const browser = carrier.host.context.browser();
  if (!browser) throw new Error('the context has no browser');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  return new Set(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id));
}

async function processOf(): Promise<number> {
  // The page is asked to burn a moment of processor time, so that its process is told from the spare one.
  const before = await cpuTimes();
  await carrier.host.citizenPage().evaluate(() => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  });
  const after = await cpuTimes();
  const busiest = [...after].toSorted(
    (a, b) => b[1] - (before.get(b[0]) ?? 0) - (a[1] - (before.get(a[0]) ?? 0)),
  )[0];
  return busiest?.[0] ?? -1;
}

async function cpuTimes(): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  for (const id of await rendererIds()) {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    times.set(id, Number(fields[11]) + Number(fields[12]));
  }
  return times;
}

/** Where a descriptor points; it may be closed again since the folder was read. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return 'closed';
  }
}

describe('the Chromium host', () => {
  it('opens no listening socket', () => {
    const inodes = new Set<string>();
    const own = execFileSync('pgrep', ['-P', String(process.pid)])
      .toString()
      .trim()
      .split('\n');
    for (const pid of own) {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const target = linkOf(`/proc/${pid}/fd/${fd}`);
        const inode = /socket:\[(\d+)\]/.exec(target)?.[1];
        if (inode) inodes.add(inode);
      }
    }
    const listening = ['tcp', 'tcp6']
      .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''));
    expect(inodes.size).toBeGreaterThan(0);
    expect(listening).toEqual([]);
  });

  it('refuses every other host, files outside its folder and unknown types', async () => {
    const page = carrier.host.citizenPage();
    const get = (url: string) =>
      page.evaluate(
        (address) =>
          fetch(address).then(
            (answer) => answer.status,
            () => 'refused',
          ),
        url,
      );
    expect(await get(`${KIOSK_ORIGIN}/citizen/page.js`)).toBe(200);
    expect(await get('https://example.com/')).toBe('refused');
    expect(await get('http://127.0.0.1:1/')).toBe('refused');
    expect(await get(`${KIOSK_ORIGIN}/..%2fsecret.json`)).toBe(404);
    expect(await get(`${KIOSK_ORIGIN}/citizen`)).toBe(404);
    expect(await get(`${KIOSK_ORIGIN}/%00`)).toBe(404);
  });

  it('comes back from anywhere that a page may stray to', async () => {
    const page = carrier.host.citizenPage();
    await page.evaluate(() => void window.open('https://example.com/'));
    const back = page.waitForEvent(
      'domcontentloaded',
      () => page.url() === `${KIOSK_ORIGIN}/citizen/index.html`,
    );
    await page.evaluate(() => {
      setTimeout(() => {
        location.href = 'about:blank';
      });
    });
    await back;
    await page.waitForLoadState();
    expect(await until(() => carrier.host.context.pages().length === 1)).toBe(true);
  });

  it('ends the renderer between two citizens: another process shows the next', async () => {
    const old = await processOf();
    await carrier.host.renew();
    expect(await until(async () => !(await rendererIds()).has(old))).toBe(true);
  });

  it('brings a crashed renderer back with a new channel', async () => {
    const channels = carrier.channels.length;
    const session = await carrier.host.context.newCDPSession(carrier.host.citizenPage());
    // The call never answers: its page is gone.
    session.send('Page.crash').catch(() => undefined);
    expect(await until(() => carrier.crashes() === 1 && carrier.channels.length === channels + 1)).toBe(true);
    expect(await until(() => carrier.host.citizenPage().url().startsWith(KIOSK_ORIGIN))).toBe(true);
  });

  it('renews once for each time it was asked, one after the other', async () => {
    const channels = carrier.channels.length;
    await Promise.all([carrier.host.renew(), carrier.host.renew(), carrier.host.renew()]);
    expect(carrier.channels).toHaveLength(channels + 3);
    expect(await until(() => carrier.host.context.pages().length === 1)).toBe(true);
  });

  it('says so when Chromium ends under it, for then there is no screen', async () => {
    const own = await startChromiumCarrier();
    const profile = own.profileFolder;
    execFileSync('pkill', ['-KILL', '-f', '--', `--user-data-dir=${profile}`]);
    expect(await until(() => own.gone() === 1)).toBe(true);
    await own.close();
  });

  it('is gone with its browser when it is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eid-orphan-'));
    const child = fork(join(import.meta.dirname, 'orphan-host.ts'), [folder], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await new Promise((resolve) => child.once('message', resolve));
    const browsers = () =>
      spawnSync('pgrep', ['-f', '--', `--user-data-dir=${folder}`])
        .stdout.toString()
        .trim();
    expect(browsers()).not.toBe('');
    child.kill('SIGKILL');
    expect(await until(() => browsers() === '')).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses to run without the sandbox’s ordinary user, and says which program is missing', async () => {
    const options = {
      rendererFolder: '/nowhere',
      profileFolder: join(tmpdir(), 'eid-never'),
      headless: true,
      size: { width: 100, height: 100 },
      onCitizen: () => undefined,
      onConsole: () => undefined,
      onCrash: () => undefined,
      onRenewalFailed: () => undefined,
      onGone: () => undefined,
    };
    if (process.getuid?.() === 0) {
      const refused = await startChromiumHost({ ...options, executable: '/usr/bin/chromium', sandbox: true });
      expect(refused).toEqual({ ok: false, error: 'sandbox-needs-ordinary-user' });
    }
    const missing = await startChromiumHost({
      ...options,
      executable: '/usr/bin/no-such-browser',
      sandbox: false,
    });
    expect(missing).toEqual({ ok: false, error: 'chromium-missing' });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { app, fake, protocol } from './fake-electron.ts';
import { FakeWindow } from './fake-window.ts';
import { runEntry } from './run-entry.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eid-electron-'));
  said = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for something of this process; the limit only bounds a broken run. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('Electron’s entry', () => {
  it('shows the citizen’s page from its own scheme and serves it over IPC', async () => {
    const entry = await runEntry({ folder });
    const { webContents } = entry.shown();
    expect(webContents.url).toBe('eid://terminal/citizen/index.html');
    expect(protocol.schemes).toEqual([
      { scheme: 'eid', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
    expect(app.sandboxed).toBe(true);
    await entry.end();
    expect(entry.exitCodes()).toEqual([0]);
    expect(webContents.destroyed).toBe(true);
  });

  it('brings a crashed page back with a fresh session, in a fresh process', async () => {
    const entry = await runEntry({ folder });
    const crashed = entry.shown();
    crashed.webContents.crash();
    await until(() => crashed.isDestroyed());
    const next = entry.shown();
    expect(next.webContents.url).toBe('eid://terminal/citizen/index.html');
    expect(next.webContents.session.partition).not.toBe(crashed.webContents.session.partition);
    await entry.end();
  });

  it('brings back a page that crashed while it loaded', async () => {
    const entry = await runEntry({ folder });
    FakeWindow.nextLoads.push('crashes');
    const crashed = entry.shown();
    crashed.emit('unresponsive');
    await until(() => crashed.isDestroyed());
    expect(fake.windows).toHaveLength(3);
    expect(entry.shown().webContents.url).toBe('eid://terminal/citizen/index.html');
    await entry.end();
  });

  it('ends, to be started anew, when its first page does not come up', async () => {
    FakeWindow.nextLoads.push('crashes');
    const entry = await runEntry({ folder });
    await until(() => entry.exitCodes().length > 0);
    expect(entry.exitCodes()).toEqual([1]);
  });

  it('ends between two citizens when a new start is asked for', async () => {
    const entry = await runEntry({ folder });
    process.emit('SIGUSR2');
    await until(() => entry.exitCodes().length > 0);
    expect(entry.exitCodes()).toEqual([0]);
  });

  it('brings its window to the front when it is started a second time', async () => {
    const entry = await runEntry({ folder });
    app.emit('second-instance', {}, ['eid-terminal'], '/');
    expect(entry.shown().focused).toBe(1);
    await entry.end();
  });

  it('opens nothing when another terminal runs', async () => {
    const entry = await runEntry({ folder, first: false });
    expect(entry.exitCodes()).toEqual([1]);
    expect(fake.windows).toEqual([]);
    expect(said).toEqual(['The terminal runs already.']);
  });

  it('does not start with a debugging port, and is not started again', async () => {
    const entry = await runEntry({ folder, parameters: ['--remote-debugging-port=9222'] });
    expect(entry.exitCodes()).toEqual([2]);
    expect(fake.windows).toEqual([]);
    expect(said.join()).toMatch(/does not start with --remote-debugging-port/);
  });

  it('says what is wrong with its settings, and is not started again', async () => {
    const entry = await runEntry({ folder, settings: '{ "mode": "demo" ' });
    expect(entry.exitCodes()).toEqual([2]);
    expect(said.join()).toMatch(/settings\.json/);
    expect(fake.windows).toEqual([]);
  });
});

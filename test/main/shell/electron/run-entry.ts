import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runKiosk } from '#shell/electron/run-kiosk.ts';
import { silentLog } from '#station/log/station-log.ts';
import { app, fake } from './fake-electron.ts';
import type { FakeWindow } from './fake-window.ts';

const root = resolve(import.meta.dirname, '../../../..');

export interface RunningEntry {
  readonly exitCodes: () => readonly number[];
  /** The window on the screen. */
  shown(): FakeWindow;
  /** Ends it as the service manager does. */
  end(): Promise<void>;
}

/**
 * Runs what Electron's entry runs, in this process with a station of its own, in demo mode and without devices. The test has put
 * the fake in Electron's place by `vi.mock('electron')`.
 */
export async function runEntry(options: {
  readonly folder: string;
  readonly parameters?: readonly string[];
  /** Text of the settings file instead of good settings. */
  readonly settings?: string;
  /** False when another terminal runs already. */
  readonly first?: boolean;
}): Promise<RunningEntry> {
  const { folder } = options;
  fake.reset();
  app.lock = options.first ?? true;
  app.appPath = join(folder, 'app');
  layOutApplication(app.appPath);
  const settingsFile = join(folder, 'settings.json');
  const settings = {
    mode: 'demo',
    stationName: 'test',
    registryUrl: 'https://registry.invalid',
    dataFolder: join(folder, 'data'),
    devices: [],
  };
  writeFileSync(settingsFile, options.settings ?? JSON.stringify(settings));
  await runKiosk({
    parameters: options.parameters ?? [],
    settingsFile,
    notifySocket: undefined,
    log: silentLog,
  });
  return {
    exitCodes: () => app.exitCodes,
    shown() {
      const window = fake.shown();
      if (!window) throw new Error('no window is open');
      return window;
    },
    async end() {
      const ended = new Promise<void>((done) => {
        app.onExit = () => done();
      });
      process.emit('SIGTERM');
      await ended;
    },
  };
}

/** The packaged application's folder with pages that do nothing, and the own entries of its children. */
function layOutApplication(folder: string): void {
  for (const face of ['citizen', 'console']) {
    mkdirSync(join(folder, '.vite/renderer', face), { recursive: true });
    writeFileSync(join(folder, '.vite/renderer', face, 'index.html'), '<!doctype html><title>page</title>');
  }
  mkdirSync(join(folder, '.vite/build'), { recursive: true });
  for (const child of ['drivers', 'faces']) {
    const entry = join(root, 'src', child, 'main.ts');
    writeFileSync(join(folder, `.vite/build/${child}.js`), `await import(${JSON.stringify(entry)});\n`);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}

/**
 * Electron's main-process module as far as the shell uses it, for machines without its binary. It behaves: events can
 * be prevented, a page loads through its session's protocol handler, a request goes through `webRequest`, a permission
 * through both handlers. What a test does to it is in `fake`.
 */
import { fork } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type FakeSession, fakeSession, sessions } from './fake-session.ts';
import { FakeWindow, windows } from './fake-window.ts';

class FakeApp extends EventEmitter {
  isPackaged = true;
  appPath = process.cwd();
  sandboxed = false;
  exitCodes: number[] = [];
  lock = true;
  readonly switches = new Map<string, string>();
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void this.switches.set(name, value),
    getSwitchValue: (name: string) => this.switches.get(name) ?? '',
    hasSwitch: (name: string) => this.switches.has(name),
  };
  /** Called with every exit code; the bundle's smoke test ends its process here. */
  onExit: (code: number) => void = () => {};
  enableSandbox() {
    this.sandboxed = true;
  }
  whenReady() {
    return Promise.resolve();
  }
  requestSingleInstanceLock() {
    return this.lock;
  }
  getAppPath() {
    return this.appPath;
  }
  exit(code: number) {
    this.exitCodes.push(code);
    this.onExit(code);
  }
}

export const app = new FakeApp();
export const ipcMain = new EventEmitter();

export const Menu = {
  shown: undefined as unknown,
  setApplicationMenu(menu: unknown) {
    Menu.shown = menu;
  },
};

export const powerSaveBlocker = {
  running: [] as string[],
  start: (kind: string) => powerSaveBlocker.running.push(kind),
};

export const crashReporter = {
  started: 0,
  start: () => {
    crashReporter.started += 1;
  },
};

interface Scheme {
  readonly scheme: string;
  readonly privileges: Readonly<Record<string, boolean>>;
}
export const protocol = {
  schemes: [] as Scheme[],
  registerSchemesAsPrivileged: (schemes: readonly Scheme[]): void => void protocol.schemes.push(...schemes),
};

export const session = { fromPartition: fakeSession };

export class BrowserWindow extends FakeWindow {
  constructor(options: ConstructorParameters<typeof FakeWindow>[0]) {
    super(options, (contents) => app.emit('web-contents-created', {}, contents));
  }
}

/** A key ring that lasts as long as the process. */
const key = randomBytes(32);
export const safeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isEncryptionAvailable: () => true,
  encryptString(text: string) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  decryptString(sealed: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
  },
};

/** A utility process is a Node process with a `parentPort`; here its parent's channel stands behind that. */
export const utilityProcess = {
  fork(entry: string) {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return Object.assign(new EventEmitter(), {
      postMessage: (message: unknown) => child.connected && child.send(message as never, () => undefined),
      kill: () => child.kill('SIGKILL'),
      get pid() {
        return child.pid;
      },
      on(event: 'message', listener: (message: unknown) => void) {
        child.on(event, listener);
      },
      once(event: 'exit', listener: (code: number | null) => void) {
        child.once(event, listener);
      },
    });
  },
};

export const fake = {
  windows: windows as readonly FakeWindow[],
  sessions: sessions as readonly FakeSession[],
  /** The window that the citizen sees. */
  shown: () => windows.findLast((window) => !window.isDestroyed()),
  reset() {
    windows.length = 0;
    sessions.length = 0;
    app.removeAllListeners();
    app.exitCodes = [];
    app.switches.clear();
    app.sandboxed = false;
    app.lock = true;
    ipcMain.removeAllListeners();
    Menu.shown = undefined;
    powerSaveBlocker.running = [];
    protocol.schemes = [];
    crashReporter.started = 0;
  },
};

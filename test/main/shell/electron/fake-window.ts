import { EventEmitter } from 'node:events';
import type { FakeSession } from './fake-session.ts';

export const windows: FakeWindow[] = [];
let contentsMade = 0;

/** An event that a listener can prevent, as Electron's are. */
function preventable<T extends object>(fields: T): T & { readonly defaultPrevented: boolean } {
  let prevented = false;
  return {
    ...fields,
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
}

export interface FakeKey {
  readonly key: string;
  readonly control?: boolean;
  readonly alt?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
}

/** A page's contents. What the page or the person before it does are methods; each tells whether it came about. */
export class FakeContents extends EventEmitter {
  readonly id = ++contentsMade;
  readonly session: FakeSession;
  readonly sent: string[] = [];
  url = '';
  zoom = 1;
  zoomLimits: readonly number[] = [];
  devToolsOpen = false;
  destroyed = false;
  /** False while the page's process hangs. */
  answers = true;
  /** Makes the next load end in a crash of the page. */
  crashWhileLoading = false;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(session: FakeSession) {
    super();
    this.session = session;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.#openHandler = handler;
  }
  setZoomFactor(factor: number) {
    this.zoom = factor;
  }
  async setVisualZoomLevelLimits(...limits: number[]) {
    this.zoomLimits = limits;
  }
  closeDevTools() {
    this.devToolsOpen = false;
  }
  isDestroyed() {
    return this.destroyed;
  }
  getURL() {
    return this.url;
  }
  send(_channel: string, message: string) {
    this.sent.push(message);
  }
  executeJavaScript(_code: string): Promise<unknown> {
    return this.answers ? Promise.resolve(0) : new Promise(() => {});
  }

  opensWindow(url: string): boolean {
    return this.#openHandler({ url }).action !== 'deny';
  }
  navigates(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', url: string): boolean {
    return this.#happens(event, { url });
  }
  attachesWebview(): boolean {
    return this.#happens('will-attach-webview', {});
  }
  getsKey(key: FakeKey): boolean {
    const input = { control: false, alt: false, meta: false, shift: false, type: 'keyDown', ...key };
    return this.#happens('before-input-event', {}, input);
  }
  opensContextMenu(): boolean {
    return this.#happens('context-menu', {});
  }
  keepsItselfOpen(): boolean {
    // Electron's way round: preventing this event lets the page go.
    return this.#happens('will-prevent-unload', {});
  }
  opensDevTools(): boolean {
    this.devToolsOpen = true;
    this.emit('devtools-opened');
    return this.devToolsOpen;
  }
  zoomsBy(factor: number): number {
    this.zoom = factor;
    this.emit('zoom-changed', {}, 'in');
    return this.zoom;
  }
  crash(reason = 'crashed') {
    this.emit('render-process-gone', {}, { reason, exitCode: 5 });
  }

  #happens(event: string, fields: object, ...rest: unknown[]): boolean {
    const emitted = preventable(fields);
    this.emit(event, emitted, ...rest);
    return !emitted.defaultPrevented;
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: Readonly<Record<string, unknown>> & {
    readonly webPreferences: Readonly<Record<string, unknown>> & { readonly session: FakeSession };
  };
  readonly webContents: FakeContents;
  focused = 0;

  constructor(options: FakeWindow['options'], created: (contents: FakeContents) => void) {
    super();
    this.options = options;
    this.webContents = new FakeContents(options.webPreferences.session);
    windows.push(this);
    created(this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    const contents = this.webContents;
    if (FakeWindow.nextLoads.shift() === 'crashes') {
      // A page that crashes while it loads never says whether it did.
      setImmediate(() => contents.crash());
      return new Promise(() => {});
    }
    const answer = await contents.session.request(url);
    if (answer === 'cancelled' || !answer.ok) throw new Error(`ERR_FAILED loading ${url}`);
    contents.url = url;
    contents.emit('did-finish-load');
  }
  focus() {
    this.focused += 1;
  }
  isDestroyed() {
    return this.webContents.destroyed;
  }
  destroy() {
    if (this.webContents.destroyed) return;
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }

  /** What becomes of the loads to come; those not named succeed. */
  static readonly nextLoads: ('loads' | 'crashes')[] = [];
}

import { EventEmitter } from 'node:events';

type Answer<T> = (given: T) => void;
type Headers = Record<string, string | string[]>;

export const sessions: FakeSession[] = [];

/** A session with the handlers that were set on it, and what a page in it can try. */
export class FakeSession extends EventEmitter {
  readonly partition: string;
  readonly options: { cache?: boolean };
  readonly handlers: Record<string, (...given: never[]) => unknown> = {};
  readonly schemes = new Map<string, (request: Request) => Promise<Response>>();
  proxy: unknown = null;
  spellChecker = true;

  constructor(partition: string, options: { cache?: boolean }) {
    super();
    this.partition = partition;
    this.options = options;
  }

  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void this.schemes.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (handler: (request: { url: string }, answer: Answer<{ cancel?: boolean }>) => void) => {
      this.handlers.beforeRequest = handler;
    },
    onHeadersReceived: (
      handler: (details: { responseHeaders: Headers }, answer: Answer<{ responseHeaders: Headers }>) => void,
    ) => {
      this.handlers.headersReceived = handler;
    },
  };
  setPermissionRequestHandler(handler: FakeSession['handlers'][string]) {
    this.handlers.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['handlers'][string]) {
    this.handlers.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['handlers'][string]) {
    this.handlers.device = handler;
  }
  setDisplayMediaRequestHandler(handler: FakeSession['handlers'][string]) {
    this.handlers.displayMedia = handler;
  }
  setBluetoothPairingHandler(handler: FakeSession['handlers'][string]) {
    this.handlers.bluetooth = handler;
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spellChecker = enabled;
  }
  async setProxy(config: unknown) {
    this.proxy = config;
  }

  /** Electron asks the request handler, and the check handler for what was granted before. */
  permits(permission: string, url: string, mediaTypes?: readonly string[]): Promise<boolean> {
    const origin =
      new URL(url).origin === 'null' ? url.split('/').slice(0, 3).join('/') : new URL(url).origin;
    const checked = this.#call('permissionCheck', null, permission, origin, {
      mediaType: mediaTypes?.[0] ?? 'unknown',
    });
    return new Promise((resolve) =>
      this.#call(
        'permissionRequest',
        { getURL: () => url },
        permission,
        (granted: boolean) => resolve(granted && checked === true),
        mediaTypes ? { mediaTypes } : {},
      ),
    );
  }

  /** What Chromium's network would do with a request of a page. */
  async request(url: string): Promise<Response | 'cancelled'> {
    const cancelled = await new Promise<boolean>((resolve) =>
      this.#call('beforeRequest', { url }, ({ cancel }: { cancel?: boolean }) => resolve(cancel === true)),
    );
    if (cancelled) return 'cancelled';
    const handler = this.schemes.get(url.slice(0, url.indexOf(':')));
    return handler ? handler(new Request(url)) : Response.error();
  }

  ask(handler: string, ...given: unknown[]): unknown {
    return this.#call(handler, ...given);
  }

  #call(name: string, ...given: unknown[]): unknown {
    const handler = this.handlers[name];
    if (handler === undefined) throw new Error(`nobody set a handler for ${name}: Electron would say yes`);
    return handler(...(given as never[]));
  }
}

export function fakeSession(partition: string, options: { cache?: boolean } = {}): FakeSession {
  const known = sessions.find((session) => session.partition === partition);
  if (known) return known;
  const made = new FakeSession(partition, options);
  sessions.push(made);
  return made;
}

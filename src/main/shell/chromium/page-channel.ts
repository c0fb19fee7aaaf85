import type { Page } from 'playwright-core';
import type { Channel } from '#contract/channel.ts';
import { PendingListener } from '../pending-listener.ts';

/** Origin of every page that the host serves. Reserved by RFC 2606: it names no machine. */
export const KIOSK_ORIGIN = 'https://kiosk.invalid';

/**
 * Carries one channel between a Chromium page and the station: `exposeBinding` towards the station, `evaluate` towards
 * the page. `name` is the property of `window` that the page's code finds it under.
 *
 * Only the page's main frame at our own origin is listened to.
 */
export async function pageChannel(page: Page, name: 'eidChannel' | 'eidDockChannel'): Promise<Channel> {
  const messages = new PendingListener<string>();
  const closings = new PendingListener<undefined>();
  let open = true;
  await page.exposeBinding(`${name}Send`, ({ frame }, message: unknown) => {
    const ours = frame === page.mainFrame() && new URL(frame.url()).origin === KIOSK_ORIGIN;
    if (ours && typeof message === 'string' && open) messages.deliver(message);
  });
  await page.addInitScript(installInPage, name);
  const close = () => {
    if (!open) return;
    open = false;
    closings.deliver(undefined);
  };
  page.on('close', close);
  page.on('crash', close);
  let sending = Promise.resolve();
  return {
    send(message) {
      if (!open) return;
      sending = sending
        .then(() => page.evaluate(deliverInPage, { name, message }))
        // The page went away while this was under way: `close` or `crash` tells the station.
        .catch(() => undefined);
    },
    onMessage: (listener) => messages.listen(listener),
    onClose: (listener) => closings.listen(listener),
    close,
  };
}

/** Runs in the page before its own scripts. */
function installInPage(name: string): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  let listener: ((message: string) => void) | null = null;
  const kept: string[] = [];
  scope[`${name}Deliver`] = (message: string) => {
    if (listener) listener(message);
    else kept.push(message);
  };
  scope[name] = {
    send: (message: string) => {
      const send = scope[`${name}Send`] as (message: string) => Promise<void>;
      void send(message);
    },
    onMessage: (next: (message: string) => void) => {
      listener = next;
      for (const message of kept.splice(0)) next(message);
    },
  };
}

/** Runs in the page for each message. A page that is being loaded again has no `Deliver` yet and will `attach`. */
function deliverInPage({ name, message }: { name: string; message: string }): void {
  const deliver = (globalThis as unknown as Record<string, unknown>)[`${name}Deliver`];
  if (typeof deliver === 'function') deliver(message);
}

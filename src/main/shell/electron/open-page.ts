import { ipcMain, type Session } from 'electron';
import type { Channel } from '#contract/channel.ts';
import { ipcChannel } from './ipc-channel.ts';
import type { KioskPage } from './kiosk-screens.ts';
import { kioskWindow } from './kiosk-window.ts';

/** Opens one of our pages in a window of its own and hands its channel on once it stands. */
export function openPage(options: {
  readonly origin: string;
  /** Below the origin: `/citizen/index.html`. */
  readonly path: string;
  readonly preload: string;
  readonly session: Session;
  readonly onChannel: (channel: Channel) => void;
}): KioskPage {
  const window = kioskWindow({ preload: options.preload, session: options.session });
  const contents = window.webContents;
  const channel = ipcChannel({ receiver: ipcMain, peer: contents, origin: options.origin });
  let lost: ((reason: string) => void) | null = null;
  let before: string | null = null;
  const gone = Promise.withResolvers<never>();
  // Nobody waits for a page that stood before it was lost.
  gone.promise.catch(() => undefined);
  const lose = (reason: string) => {
    if (before !== null) return;
    before = reason;
    gone.reject(new Error(`the page was lost while it loaded: ${reason}`));
    lost?.(reason);
  };
  contents.on('render-process-gone', (_event, details) => lose(details.reason));
  window.on('unresponsive', () => lose('unresponsive'));
  contents.on('unresponsive', () => lose('unresponsive'));
  const loaded = window.loadURL(`${options.origin}${options.path}`);
  const stands = Promise.race([loaded, gone.promise]).then(() => {
    // Only a page that stands takes the station over from the one before; what it said meanwhile was kept.
    options.onChannel(channel);
  });
  return {
    stands,
    onLost(listener) {
      lost = listener;
      if (before !== null) listener(before);
    },
    ask: () => contents.executeJavaScript('0'),
    focus: () => window.focus(),
    destroy() {
      channel.close();
      window.destroy();
    },
  };
}

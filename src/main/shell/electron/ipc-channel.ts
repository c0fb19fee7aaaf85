import type { Channel } from '#contract/channel.ts';
import { PendingListener } from '../pending-listener.ts';

/** The one IPC channel between preload and main process, in both directions. */
export const IPC_CHANNEL = 'eid';

/** What of Electron's `ipcMain` and `webContents` the carrier uses; the contract suite stands in for both. */
export interface IpcReceiver {
  on(channel: string, listener: (event: IpcEvent, message: unknown) => void): void;
  removeListener(channel: string, listener: (event: IpcEvent, message: unknown) => void): void;
}
export interface IpcEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}
export interface IpcPeer {
  readonly id: number;
  send(channel: string, message: string): void;
  isDestroyed(): boolean;
  once(event: 'destroyed' | 'render-process-gone', listener: () => void): void;
}

/** Carries the station's channel over Electron's IPC. Only the main frame of this window, at `origin`, is heard. */
export function ipcChannel(options: {
  readonly receiver: IpcReceiver;
  readonly peer: IpcPeer;
  readonly origin: string;
}): Channel {
  const { receiver, peer } = options;
  const messages = new PendingListener<string>();
  const closings = new PendingListener<undefined>();
  let open = true;
  const hear = (event: IpcEvent, message: unknown) => {
    const frame = event.senderFrame;
    const ours =
      event.sender.id === peer.id &&
      frame !== null &&
      frame.parent === null &&
      frame.url.startsWith(`${options.origin}/`);
    if (open && ours && typeof message === 'string') messages.deliver(message);
  };
  const close = () => {
    if (!open) return;
    open = false;
    receiver.removeListener(IPC_CHANNEL, hear);
    closings.deliver(undefined);
  };
  receiver.on(IPC_CHANNEL, hear);
  peer.once('destroyed', close);
  peer.once('render-process-gone', close);
  return {
    send(message) {
      if (open && !peer.isDestroyed()) peer.send(IPC_CHANNEL, message);
    },
    onMessage: (listener) => messages.listen(listener),
    onClose: (listener) => closings.listen(listener),
    close,
  };
}

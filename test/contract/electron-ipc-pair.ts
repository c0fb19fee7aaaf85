import { EventEmitter } from 'node:events';
import type { Channel } from '#contract/channel.ts';
import {
  IPC_CHANNEL,
  type IpcEvent,
  type IpcPeer,
  type IpcReceiver,
  ipcChannel,
} from '#shell/electron/ipc-channel.ts';
import { PendingListener } from '#shell/pending-listener.ts';

export const ELECTRON_ORIGIN = 'eid://terminal';

/**
 * `ipcMain`, `webContents` and `ipcRenderer` as far as the carrier and the preload use them: messages are structured
 * clones, delivered in a later turn, tagged with the frame that sent them.
 */
export function electronIpcPair() {
  const main = new EventEmitter();
  const renderer = new PendingListener<string>();
  const rendererClosings = new PendingListener<undefined>();
  const contents = new EventEmitter();
  let destroyed = false;
  const receiver: IpcReceiver = {
    on: (channel, listener) => void main.on(channel, listener),
    removeListener: (channel, listener) => void main.removeListener(channel, listener),
  };
  const peer: IpcPeer = {
    id: 1,
    send: (_channel, message) => {
      setImmediate(() => {
        if (!destroyed) renderer.deliver(structuredClone(message));
      });
    },
    isDestroyed: () => destroyed,
    once: (event, listener) => void contents.once(event, listener),
  };
  const sendAs = (event: IpcEvent, message: unknown) =>
    setImmediate(() => main.emit(IPC_CHANNEL, event, structuredClone(message)));
  const ownFrame: IpcEvent = {
    sender: { id: 1 },
    senderFrame: { url: `${ELECTRON_ORIGIN}/citizen/index.html`, parent: null },
  };
  const station: Channel = ipcChannel({ receiver, peer, origin: ELECTRON_ORIGIN });
  const destroy = (event: 'destroyed' | 'render-process-gone') => {
    destroyed = true;
    contents.emit(event);
    rendererClosings.deliver(undefined);
  };
  const page: Channel = {
    send: (message) => {
      if (!destroyed) sendAs(ownFrame, message);
    },
    onMessage: (listener) => renderer.listen(listener),
    onClose: (listener) => rendererClosings.listen(listener),
    close: () => destroy('destroyed'),
  };
  return { station, page, sendAs, crash: () => destroy('render-process-gone') };
}

import { contextBridge, ipcRenderer } from 'electron';
import { confinePage } from '../confine-page.ts';
import { PendingListener } from '../pending-listener.ts';
import { isTyping } from '../typed-key.ts';
import { IPC_CHANNEL } from './ipc-channel.ts';

confinePage(isTyping);

/** The page's whole view of the host: strings out, strings in. `ipcRenderer` itself never reaches the page. */
const messages = new PendingListener<string>();
ipcRenderer.on(IPC_CHANNEL, (_event, message: unknown) => {
  if (typeof message === 'string') messages.deliver(message);
});
contextBridge.exposeInMainWorld('eidChannel', {
  send: (message: string) => ipcRenderer.send(IPC_CHANNEL, String(message)),
  onMessage: (listener: (message: string) => void) => messages.listen(listener),
});

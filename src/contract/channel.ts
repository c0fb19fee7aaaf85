/**
 * The duplex string channel between a renderer and the station. Electron's IPC, the Chromium host and the in-memory
 * pair of the tests each carry it in a few lines; what is said over it is the business of `rpc.ts`.
 */
export interface Channel {
  send(message: string): void;
  /** Registers the only listener. Messages that arrive before are kept and delivered in order. */
  onMessage(listener: (message: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

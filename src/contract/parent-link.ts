/** The process that started this one: Electron's main process over a MessagePort, or Node's over an IPC pipe. */
export interface ParentLink {
  /** Structured clone; the message has been copied when this returns. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent has gone. */
  onClose(listener: () => void): void;
}

/** What Electron adds to `process` in a utility process. */
interface UtilityProcessPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

function utilityProcessPort(): UtilityProcessPort | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
    ? (port as UtilityProcessPort)
    : null;
}

/** Null when nobody started this process with a channel. */
export function parentLink(): ParentLink | null {
  const port = utilityProcessPort();
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      onClose: (listener) => port.on('close', listener),
    };
  }
  if (process.send === undefined) return null;
  return {
    post(message) {
      // A parent that goes away is told by 'disconnect', not by a throw here.
      if (process.connected) process.send?.(message, undefined, {}, () => {});
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
    onClose: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

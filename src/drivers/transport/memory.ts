import { err, ok } from '#domain/result.ts';
import type { Transport, TransportEnd, TransportFault } from './transport.ts';

/** The device's end of a {@link memoryTransport}. */
export interface MemoryDevice {
  /** Bytes from the device to the driver; nothing happens while the connection is not open. */
  emit(bytes: Uint8Array): void;
  onWrite(listener: (bytes: Uint8Array) => void): void;
  /** Pulls the plug. */
  unplug(cause?: string): void;
  readonly isOpen: boolean;
}

/** A transport without a device under it, for drivers that are driven in memory. It keeps the rules of a serial port. */
export function memoryTransport(options: {
  readonly path: string;
  /** Lets opening fail, as a missing device does. */
  readonly openFault?: TransportFault;
}): { readonly transport: Transport; readonly device: MemoryDevice } {
  const { path } = options;
  const closed: TransportFault = { reason: 'closed', detail: `${path} is closed` };
  let state: 'new' | 'open' | 'ended' = 'new';
  let onData: (bytes: Uint8Array) => void = () => {};
  let onEnd: (end: TransportEnd) => void = () => {};
  let onWrite: (bytes: Uint8Array) => void = () => {};
  const end = (how: TransportEnd) => {
    const wasOpen = state === 'open';
    state = 'ended';
    if (wasOpen) onEnd(how);
  };
  return {
    transport: {
      path,
      open() {
        if (state !== 'new') return Promise.resolve(err(closed));
        if (options.openFault) {
          state = 'ended';
          return Promise.resolve(err(options.openFault));
        }
        state = 'open';
        return Promise.resolve(ok(undefined));
      },
      write(bytes) {
        if (state !== 'open') return Promise.resolve(err(closed));
        const copy = bytes.slice();
        // As on a real line, an answer never arrives before the write has returned.
        queueMicrotask(() => {
          if (state === 'open') onWrite(copy);
        });
        return Promise.resolve(ok(undefined));
      },
      close() {
        end({ unplugged: false, cause: null });
        return Promise.resolve();
      },
      onData(listener) {
        onData = listener;
      },
      onEnd(listener) {
        onEnd = listener;
      },
    },
    device: {
      emit(bytes) {
        if (state === 'open') onData(bytes.slice());
      },
      onWrite(listener) {
        onWrite = listener;
      },
      unplug(cause = 'unplugged') {
        end({ unplugged: true, cause });
      },
      get isOpen() {
        return state === 'open';
      },
    },
  };
}

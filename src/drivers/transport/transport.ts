import type { Result } from '#domain/result.ts';

/** Why a connection ended. */
export interface TransportEnd {
  /** True when the device went away by itself; false after our own {@link Transport.close}. */
  readonly unplugged: boolean;
  /** The system's words, for a technician. */
  readonly cause: string | null;
}

/** The device could not be opened, or not written to; `detail` is the system's words, for a technician. */
export interface TransportFault {
  readonly reason: 'missing' | 'busy' | 'failed' | 'closed';
  readonly detail: string;
}

/**
 * One connection to one device, as a stream of bytes. It is opened once and never reused: bytes written to a closed
 * port must not turn up on a device that is plugged in later.
 */
export interface Transport {
  readonly path: string;
  open(): Promise<Result<void, TransportFault>>;
  /** Resolves when the system has taken the bytes, or with a fault; never hangs after an unplug. */
  write(bytes: Uint8Array): Promise<Result<void, TransportFault>>;
  /** Ends the connection. Safe to call at any time, more than once. */
  close(): Promise<void>;
  /** The bytes are the listener's only while it runs; it copies what it keeps. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when an opened connection has ended. */
  onEnd(listener: (end: TransportEnd) => void): void;
}

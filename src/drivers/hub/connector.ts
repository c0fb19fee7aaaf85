import type { BaudRate } from '#contract/device.ts';
import type { Result } from '#domain/result.ts';
import type { HidReports } from '../transport/hid.ts';
import type { Transport, TransportFault } from '../transport/transport.ts';

export interface ConnectionWish {
  /** For a serial line whose configured rate is `probe`; elsewhere it says nothing. */
  readonly baudRate?: BaudRate;
  /** For a HID device: `joined` unless the driver wants each report by itself. */
  readonly reports?: HidReports;
}

/** The way to one configured device, wherever it is plugged in now. */
export interface Connector {
  /** Finds the device and makes a new connection to it, which is not open yet. */
  connect(wish?: ConnectionWish): Promise<Result<Transport, TransportFault>>;
  /**
   * Calls `appeared` once when a device that was not there comes, unless the returned function is called first. Never
   * calls it for one that is there already: a device that is there and fails is left to the back-off.
   */
  whenPresent(appeared: () => void): () => void;
}

import { err, ok, type Result } from '#domain/result.ts';
import type { ConnectionWish, Connector } from '../hub/connector.ts';
import type { Transport } from '../transport/transport.ts';

/** The way to one device, opened again and again: never two connections at once, and none that nobody closes. */
export interface DeviceLine {
  /** Finds the device and opens it, or says why it cannot be; once at a time. */
  open(): Promise<Result<Transport, string>>;
  /** Ends what is open or being opened; resolves when it is free. What was open is not told as lost. */
  close(): Promise<void>;
}

export function createDeviceLine(options: {
  readonly connector: Connector;
  readonly wish?: ConnectionWish;
  /** Bytes of the open connection. Without it whoever has the connection listens to it. */
  readonly onData?: (bytes: Uint8Array) => void;
  /** The open connection has ended by itself. */
  readonly onLost: (detail: string) => void;
}): DeviceLine {
  const { connector, wish, onData, onLost } = options;
  let open: Transport | null = null;
  let opening: Transport | null = null;
  /** Of calls of `close`: a connection that was asked for before is not wanted any more. */
  let closes = 0;

  return {
    async open() {
      const before = closes;
      const isWanted = () => closes === before;
      const found = await connector.connect(wish);
      if (!isWanted()) return err('closed');
      if (!found.ok) return err(found.error.detail);
      const made = found.value;
      opening = made;
      let ended: string | null = null;
      if (onData !== undefined)
        made.onData((bytes) => {
          if (open === made) onData(bytes);
        });
      made.onEnd((end) => {
        ended = end.cause ?? `${made.path} was closed`;
        if (open !== made) return;
        open = null;
        onLost(ended);
      });
      const opened = await made.open();
      if (!isWanted()) {
        await made.close();
        return err('closed');
      }
      opening = null;
      if (!opened.ok) return err(opened.error.detail);
      // It may have been pulled in the turn between.
      if (ended !== null) return err(ended);
      open = made;
      return ok(made);
    },
    async close() {
      closes += 1;
      const old = open ?? opening;
      open = null;
      opening = null;
      await old?.close();
    },
  };
}

import { type Connection, connectionPlace } from '#contract/device.ts';
import { err, ok } from '#domain/result.ts';
import { serialTransport } from '../transport/serial.ts';
import type { Connector } from './connector.ts';
import { systemPathWatch } from './path-watch.ts';

/** The rate at which a line is opened whose rate is still to be found out. */
const FIRST_RATE = 115200;

/** Connects to what is plugged into this machine. */
export function systemConnector(connection: Connection): Connector {
  return {
    async connect(wish) {
      if (connection.transport !== 'serial' || connection.path === undefined)
        return err({ reason: 'failed', detail: `${connectionPlace(connection)} cannot be opened yet` });
      const { path, baudRate } = connection;
      return ok(
        serialTransport({ path, baudRate: baudRate === 'probe' ? (wish?.baudRate ?? FIRST_RATE) : baudRate }),
      );
    },
    whenPresent(appeared) {
      if (connection.transport !== 'serial' || connection.path === undefined) return () => {};
      return systemPathWatch.whenPresent(connection.path, appeared);
    },
  };
}

import { type Connection, connectionPlace } from '#contract/device.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { systemTimers, type Timers } from '../timers.ts';
import { hidTransport, type OpenHid, openNodeHid } from '../transport/hid.ts';
import { serialTransport } from '../transport/serial.ts';
import { tcpTransport } from '../transport/tcp.ts';
import type { Transport, TransportFault } from '../transport/transport.ts';
import type { Connector } from './connector.ts';
import { findByUsb } from './find-device.ts';
import { systemPathWatch } from './path-watch.ts';
import { whenFound } from './usb-watch.ts';

/** The rate at which a line is opened whose rate is still to be found out. */
const FIRST_RATE = 115200;

/** The machine that devices are plugged into. */
export interface DeviceMachine {
  /** Holds `dev` and `sys`. */
  readonly root: string;
  readonly timers: Timers;
  readonly openHid: OpenHid;
}

export const THIS_MACHINE: DeviceMachine = { root: '/', timers: systemTimers, openHid: openNodeHid };

/** Connects to what is plugged into this machine, or stands behind its network. */
export function systemConnector(connection: Connection, machine: DeviceMachine = THIS_MACHINE): Connector {
  const { root, timers } = machine;

  function place(): string | null {
    if (connection.transport === 'tcp') return null;
    if (connection.usb === undefined) return connection.path ?? null;
    return findByUsb({ root, transport: connection.transport, usb: connection.usb });
  }

  return {
    async connect(wish): Promise<Result<Transport, TransportFault>> {
      if (connection.transport === 'tcp')
        return ok(tcpTransport({ host: connection.host, port: connection.port, timers }));
      const path = place();
      if (path === null)
        return err({ reason: 'missing', detail: `${connectionPlace(connection)} is not plugged in` });
      switch (connection.transport) {
        case 'serial': {
          const { baudRate } = connection;
          const rate = baudRate === 'probe' ? (wish?.baudRate ?? FIRST_RATE) : baudRate;
          return ok(serialTransport({ path, baudRate: rate }));
        }
        case 'hid': {
          const { reportId, reportSize } = connection;
          const reports = wish?.reports ?? 'joined';
          return ok(hidTransport({ path, reportId, reportSize, reports, openHid: machine.openHid }));
        }
        default:
          return assertNever(connection);
      }
    },
    whenPresent(appeared) {
      // Nothing tells of a host that comes back: it is tried again by the back-off.
      if (connection.transport === 'tcp') return () => {};
      if (connection.path !== undefined) return systemPathWatch.whenPresent(connection.path, appeared);
      return whenFound({ root, find: place, timers, appeared });
    },
  };
}

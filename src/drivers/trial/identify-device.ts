import type { BaudRate, Connection } from '#contract/device.ts';
import type { DeviceIdentity } from '#contract/device-trial.ts';
import type { Connector } from '../hub/connector.ts';
import { ratesOf } from '../reader/line-rates.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { connectionAdvice } from './connection-advice.ts';
import { askEscPos, askSdt, askSsi, type Question } from './questions.ts';

/** Milliseconds that a freshly opened line gets, and that it is given to forget one question before the next. */
const SETTLE = 200;

/** Those that harm nobody first: a printer would print what a reader is asked, on its next receipt. */
const ON_A_LINE: readonly Question[] = [askEscPos, askSsi, askSdt];
/** Only readers answer on HID without being asked to look. */
const ON_HID: readonly Question[] = [askSdt];

/**
 * What answers at a connection, as far as it can be told without harm: every question is one that changes nothing and
 * prints nothing. Relays and scanners that only send are not found out; they do not answer anything.
 */
export async function identifyDevice(request: {
  readonly connection: Connection;
  readonly connectorFor: (connection: Connection) => Connector;
  readonly timers: Timers;
}): Promise<DeviceIdentity> {
  const { connection, connectorFor, timers } = request;
  const connector = connectorFor(connection);
  const rates = ratesOf(connection);
  for (const baudRate of rates) {
    const answer = await askAt({ connection, connector, baudRate, timers });
    if (answer !== null) return answer;
  }
  const at = rates.length > 1 ? ` at ${rates.join(', ')} bits/s` : '';
  return {
    connection,
    role: null,
    detail: `nothing answers${at}: nothing is there, it has no power, or it is a device that only sends, such as a plain scanner or a relay.`,
  };
}

/** Null when nothing answered. */
async function askAt(at: {
  readonly connection: Connection;
  readonly connector: Connector;
  readonly baudRate: BaudRate | null;
  readonly timers: Timers;
}): Promise<DeviceIdentity | null> {
  const { connection, connector, baudRate, timers } = at;
  const found = await connector.connect(baudRate === null ? {} : { baudRate });
  if (!found.ok) return { connection, role: null, detail: connectionAdvice(connection, found.error) };
  const transport: Transport = found.value;
  const opened = await transport.open();
  if (!opened.ok) return { connection, role: null, detail: connectionAdvice(connection, opened.error) };
  const pause = () => new Promise<void>((resolve) => timers.after(SETTLE, resolve));
  try {
    for (const question of connection.transport === 'hid' ? ON_HID : ON_A_LINE) {
      await pause();
      const answer = await question({ transport, timers });
      if (answer === null) continue;
      const known =
        connection.transport === 'serial' && baudRate !== null ? { ...connection, baudRate } : connection;
      const rate = baudRate === null ? '' : ` at ${baudRate} bits/s`;
      return { connection: known, role: answer.role, detail: `${answer.detail}${rate}` };
    }
    return null;
  } finally {
    await transport.close();
  }
}

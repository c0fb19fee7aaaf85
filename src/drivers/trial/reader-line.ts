import { BAUD_RATES, type BaudRate, type Connection, type ReaderDevice } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { type CommandSession, createCommandSession } from '../command-session/command-session.ts';
import { sdtResponseDeframer } from '../framing/sdt.ts';
import type { Connector } from '../hub/connector.ts';
import { sdtBarriers, sdtCommands } from '../reader/sdt-commands.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { connectionAdvice } from './connection-advice.ts';

/** A reader's line that was opened for a trial. */
export interface ReaderLine {
  readonly session: CommandSession;
  /** Bits a second on a serial line; null elsewhere. */
  readonly baudRate: BaudRate | null;
  close(): Promise<void>;
}

/** The rates that a connection leaves open, the delivered one first. */
export function ratesOf(connection: Connection): readonly (BaudRate | null)[] {
  if (connection.transport !== 'serial') return [null];
  return connection.baudRate === 'probe' ? BAUD_RATES : [connection.baudRate];
}

/** Opens the line and makes sure that a module answers on it; of a line whose rate is open, every rate is tried. */
export async function openReaderLine(options: {
  readonly device: ReaderDevice;
  readonly connector: Connector;
  readonly timers: Timers;
}): Promise<Result<ReaderLine, string>> {
  const { device, connector, timers } = options;
  const rates = ratesOf(device.connection);
  for (const baudRate of rates) {
    const found = await connector.connect(baudRate === null ? {} : { baudRate });
    if (!found.ok) return err(connectionAdvice(device.connection, found.error));
    const transport = found.value;
    const session = sessionOn({ transport, device, baudRate, timers });
    const opened = await transport.open();
    if (!opened.ok) return err(connectionAdvice(device.connection, opened.error));
    await new Promise<void>((resolve) => timers.after(device.settleTime, resolve));
    const answered = await session.knock();
    if (answered.ok) return ok({ session, baudRate, close: () => transport.close() });
    await transport.close();
    if (answered.error.reason === 'lost') return err(`the line was lost: ${answered.error.detail}`);
  }
  return err(
    rates.length > 1
      ? `no reader answers at any of the rates ${rates.join(', ')}: is it powered, has it a security module, is the cable's other end in it?`
      : 'no reader answers: is it powered, has it a security module, is the rate right ("probe" tries all)?',
  );
}

function sessionOn(options: {
  readonly transport: Transport;
  readonly device: ReaderDevice;
  readonly baudRate: BaudRate | null;
  readonly timers: Timers;
}): CommandSession {
  const { transport, device, baudRate, timers } = options;
  return createCommandSession({
    transport,
    deframer: sdtResponseDeframer(),
    // What is not a serial line is as fast as the fastest.
    baudRate: baudRate ?? BAUD_RATES[0],
    barriers: sdtBarriers(sdtCommands(device.thinkingTimes)),
    timers,
    onLost: () => {}, // the command under way is answered with it
  });
}

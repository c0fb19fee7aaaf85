import type { BaudRate, ReaderDevice } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CommandSession } from '../command-session/command-session.ts';
import type { Connector } from '../hub/connector.ts';
import { ratesOf } from '../reader/line-rates.ts';
import { readerSession } from '../reader/reader-session.ts';
import { sdtCommands } from '../reader/sdt-commands.ts';
import type { Timers } from '../timers.ts';
import { connectionAdvice } from './connection-advice.ts';

/** A reader's line that was opened for a trial. */
export interface TrialLine {
  readonly session: CommandSession;
  /** Bits a second on a serial line; null elsewhere. */
  readonly baudRate: BaudRate | null;
  close(): Promise<void>;
}

/** Opens the line and makes sure that a module answers on it; of a line whose rate is open, every rate is tried. */
export async function openTrialLine(options: {
  readonly device: ReaderDevice;
  readonly connector: Connector;
  readonly timers: Timers;
}): Promise<Result<TrialLine, string>> {
  const { device, connector, timers } = options;
  const rates = ratesOf(device.connection);
  for (const baudRate of rates) {
    const found = await connector.connect(baudRate === null ? {} : { baudRate });
    if (!found.ok) return err(connectionAdvice(device.connection, found.error));
    const transport = found.value;
    const session = readerSession({
      transport,
      commands: sdtCommands(device.thinkingTimes),
      baudRate,
      timers,
      onLost: () => {}, // the command under way is answered with it
    });
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

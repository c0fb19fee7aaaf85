import { BAUD_RATES, type BaudRate, type ReaderDevice } from '#contract/device.ts';
import type { DeviceHealth } from '#contract/driver-messages.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CommandSession } from '../command-session/command-session.ts';
import type { Connector } from '../hub/connector.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { ratesOf, speedOf } from './line-rates.ts';
import { readerSession } from './reader-session.ts';
import type { SdtCommands } from './sdt-commands.ts';

export interface OpenReaderLine {
  readonly session: CommandSession;
  /** For technicians: the rate, where it had to be found out. */
  readonly detail: string | null;
}

/** The way to one reader. It is opened and closed again and again; each time it is another connection. */
export interface ReaderLine {
  /** Gives the line when its device has had time to settle, or says why there is none. */
  open(): Promise<Result<OpenReaderLine, string>>;
  /** Ends what is open or being opened. */
  close(): Promise<void>;
}

/**
 * Opens a line at its rate, or at each rate in turn until the module answers its status, when the rate is to be probed.
 * The rate that answered last is tried first, then 115200, which modules come with.
 */
export function createReaderLine(options: {
  readonly device: ReaderDevice;
  readonly commands: SdtCommands;
  readonly connector: Connector;
  readonly timers: Timers;
  readonly count: (what: keyof DeviceHealth, times: number) => void;
  /** An open line has ended, or one that is being opened. */
  readonly onLost: (detail: string) => void;
}): ReaderLine {
  const { device, commands, connector, timers, count } = options;
  let current: Transport | null = null;
  let closed = true;
  let answeredAt: BaudRate = BAUD_RATES[0];

  async function openAt(rate: BaudRate): Promise<Result<CommandSession, string>> {
    const found = await connector.connect({ baudRate: rate });
    if (!found.ok) return err(found.error.detail);
    const transport = found.value;
    if (closed) return err('closed');
    current = transport;
    const opened = await transport.open();
    if (!opened.ok) return err(opened.error.detail);
    count('connections', 1);
    let lost: string | null = null;
    const session = readerSession({
      transport,
      commands,
      baudRate: rate,
      timers,
      count,
      onLost(detail) {
        lost = detail;
        if (current === transport) options.onLost(detail);
      },
    });
    // Closed while it was being opened: there was nothing to close yet.
    if (closed) await transport.close();
    else await new Promise<void>((resolve) => timers.after(device.settleTime, resolve));
    return lost === null ? ok(session) : err(lost);
  }

  async function probe(): Promise<Result<OpenReaderLine, string>> {
    for (const rate of new Set([answeredAt, ...BAUD_RATES])) {
      const session = await openAt(rate);
      if (!session.ok) return session;
      const answer = await session.value.knock();
      if (answer.ok) {
        answeredAt = rate;
        return ok({ session: session.value, detail: `${rate} baud, found by probing` });
      }
      if (answer.error.reason === 'lost') return err(answer.error.detail);
      await disconnect();
    }
    return err(`no answer at any of ${BAUD_RATES.join(', ')} baud`);
  }

  async function disconnect(): Promise<void> {
    const old = current;
    current = null;
    await old?.close();
  }

  return {
    async open() {
      closed = false;
      const [rate = null, ...others] = ratesOf(device.connection);
      if (others.length > 0) return probe();
      const session = await openAt(speedOf(rate));
      return session.ok ? ok({ session: session.value, detail: null }) : session;
    },
    async close() {
      closed = true;
      await disconnect();
    },
  };
}

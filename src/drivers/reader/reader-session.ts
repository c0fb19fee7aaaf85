import type { BaudRate } from '#contract/device.ts';
import type { DeviceHealth } from '#contract/driver-messages.ts';
import { type CommandSession, createCommandSession } from '../command-session/command-session.ts';
import { sdtResponseDeframer } from '../framing/sdt.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import { speedOf } from './line-rates.ts';
import { type SdtCommands, sdtBarriers } from './sdt-commands.ts';

/** Questions and answers of a security module over one connection. */
export function readerSession(options: {
  readonly transport: Transport;
  readonly commands: SdtCommands;
  /** Null where the line has none. */
  readonly baudRate: BaudRate | null;
  readonly timers: Timers;
  readonly count?: (what: keyof DeviceHealth, times: number) => void;
  readonly onLost: (detail: string) => void;
}): CommandSession {
  const { commands, baudRate, ...parts } = options;
  return createCommandSession({
    ...parts,
    deframer: sdtResponseDeframer(),
    baudRate: speedOf(baudRate),
    barriers: sdtBarriers(commands),
  });
}

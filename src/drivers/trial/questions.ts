import type { DeviceRole } from '#contract/device.ts';
import { sdtResponseDeframer } from '../framing/sdt.ts';
import { encodeSsi, ssiDeframer } from '../framing/ssi.ts';
import { askStatus } from '../printer/escpos-commands.ts';
import { isStatus } from '../printer/printer-status.ts';
import { isSimulatedSam, SAM_ID_LENGTH, samIdText } from '../reader/sdt-answers.ts';
import { SDT_COMMANDS } from '../reader/sdt-commands.ts';
import { describeStatus } from '../reader/sdt-status.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';

export interface Answered {
  readonly role: DeviceRole;
  readonly detail: string;
}

interface Line {
  readonly transport: Transport;
  readonly timers: Timers;
}

/** Asks whoever listens at the other end of an open line; null when that is nobody of this kind. */
export type Question = (line: Line) => Promise<Answered | null>;

/** Milliseconds that an answer may take; all these questions are answered at once. */
const SDT_LIMIT = 500;
const ESCPOS_LIMIT = 250;
const SSI_LIMIT = 300;
/** More is no answer to any of these questions. */
const LONGEST_ANSWER = 1024;

/**
 * Writes, and hears until `read` makes something of what came or the time is over. Rubbish, as at a wrong rate, is heard
 * and thrown away.
 */
async function hear<T>(
  line: Line & {
    readonly frame: Uint8Array;
    readonly within: number;
    readonly read: (bytes: Uint8Array) => T | null;
  },
): Promise<T | null> {
  const { transport, timers, frame, within, read } = line;
  return new Promise((resolve) => {
    let heard = 0;
    const settle = (answer: T | null) => {
      cancel();
      transport.onData(() => {});
      resolve(answer);
    };
    const cancel = timers.after(within, () => settle(null));
    transport.onData((bytes) => {
      heard += bytes.length;
      const answer = heard > LONGEST_ANSWER ? null : read(bytes);
      if (answer !== null) settle(answer);
    });
    void transport.write(frame).then((written) => {
      if (!written.ok) settle(null);
    });
  });
}

/** 11 FF and 12 FF of GA/T 467: how the module is, and who. */
export const askSdt: Question = async (line) => {
  const deframer = sdtResponseDeframer();
  const first = (bytes: Uint8Array) => deframer.push(bytes)[0] ?? null;
  const status = await hear({ ...line, frame: SDT_COMMANDS.status.frame, within: SDT_LIMIT, read: first });
  if (status === null || !SDT_COMMANDS.status.accepts(status)) return null;
  if (status.status !== 0x90)
    return { role: 'reader', detail: `SDT reader: ${describeStatus(status.status)}` };
  const sam = await hear({ ...line, frame: SDT_COMMANDS['sam-id'].frame, within: SDT_LIMIT, read: first });
  if (sam?.status !== 0x90 || sam.data.length !== SAM_ID_LENGTH)
    return { role: 'reader', detail: 'SDT reader that does not tell its SAM id' };
  const samId = samIdText(sam.data);
  const simulated = isSimulatedSam(samId) ? ', simulated' : '';
  return { role: 'reader', detail: `SDT reader, SAM ${samId}${simulated}` };
};

/** `10 04 1` and `10 04 4`, each answered with one byte. One byte may be chance, two in a row are not. */
export const askEscPos: Question = async (line) => {
  const only = (bytes: Uint8Array) => (bytes.length === 1 ? (bytes[0] ?? null) : 0);
  for (const question of [1, 4] as const) {
    const octet = await hear({ ...line, frame: askStatus(question), within: ESCPOS_LIMIT, read: only });
    if (octet === null || !isStatus(octet)) return null;
  }
  return { role: 'printer', detail: 'ESC/POS printer' };
};

/**
 * Opcodes of SSI that stand in no scan: the host asks for the scanner's revision (A3), which answers with it (A4).
 * Unverified beyond the opcodes: what stands in the revision is told as it comes, as far as it is text.
 */
const REQUEST_REVISION = 0xa3;
const REPLY_REVISION = 0xa4;

export const askSsi: Question = async (line) => {
  const deframer = ssiDeframer('scanner');
  const read = (bytes: Uint8Array): Uint8Array | null => {
    for (const frame of deframer.push(bytes)) {
      if (frame.kind === 'packet' && frame.packet.opcode === REPLY_REVISION) return frame.packet.data;
    }
    return null;
  };
  const frame = encodeSsi({ opcode: REQUEST_REVISION, source: 'host' });
  const revision = await hear({ ...line, frame, within: SSI_LIMIT, read });
  if (revision === null) return null;
  const text = String.fromCharCode(...revision)
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 80);
  return { role: 'scanner', detail: `scanner with SSI${text === '' ? '' : `, revision ${text}`}` };
};

import type { SdtResponse } from '../framing/sdt.ts';

/** A question to a device: what is sent, how long it may take, and what can be its answer. */
export interface DeviceCommand {
  /** For logs and faults. */
  readonly name: string;
  /** The whole frame. */
  readonly frame: Uint8Array;
  /** Milliseconds that the device may think, without the time the bytes take on the line. */
  readonly thinkingTime: number;
  /** Bytes of the largest frame that can answer it. */
  readonly largestAnswer: number;
  /** Whether a response can belong to this command at all. Responses carry no echo, so that this is all there is. */
  readonly accepts: (response: SdtResponse) => boolean;
}

/** Why a command has no answer. */
export type CommandFault =
  /** Nothing came in time. */
  | { readonly reason: 'timeout' }
  /** An answer began and did not end. */
  | { readonly reason: 'cut-short'; readonly received: number }
  /** Bytes came that make no frame. */
  | { readonly reason: 'damaged' }
  /** A frame came that answers some other command. */
  | { readonly reason: 'out-of-step' }
  /** The line could not be brought back into step; only a new connection can help. */
  | { readonly reason: 'no-barrier' }
  /** The connection has ended. */
  | { readonly reason: 'lost'; readonly detail: string };

/** Milliseconds until a command has timed out: thinking time and ten bits for each byte, at the line's rate. */
export function commandTimeout(command: DeviceCommand, baudRate: number): number {
  const bytes = command.frame.length + command.largestAnswer;
  return command.thinkingTime + Math.ceil((bytes * 10_000) / baudRate);
}

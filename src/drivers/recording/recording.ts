/**
 * What went by on a device's line, as a text file that people read, and that is replayed as a device.
 *
 * ```
 * eid-recording 1
 * started 2026-01-01T09:00:00.000Z
 * device {"role":"reader","model":"…","protocol":"sdt",…}
 * expect device connecting
 *
 * 0 open
 * 300 > AA AA AA 96 69 00 03 11 FF ED                  # status
 * 306 < AA AA AA 96 69 00 04 00 00 90 94               # 90
 * 306 ! reader.read
 * 9120 end unplugged: No such device
 * 9120 stop by command
 * ```
 *
 * | line | meaning |
 * |---|---|
 * | started | when, UTC |
 * | device | its settings; where it is plugged in is not among them |
 * | note, expect | written by hand: what it shows; a report that replaying it gives, one a line, in their order |
 * | n open, n open failed: words | a connection, n milliseconds after the start |
 * | n > hex, n < hex | a chunk to the device, from the device; one that is long goes on in lines that begin with `+` |
 * | n ! command | what the station wanted from here on |
 * | n end closed, n end unplugged: words | the end of the connection |
 * | n stop words | nothing was written down after this |
 *
 * Words name no host, path or address; where the system gave a code, they are the code.
 * What stands after `#` is for the eye. Contents of cards and codes are replaced by filler, see `mask.ts`.
 */
import type { Device } from '#contract/device.ts';

export const FIRST_LINE = 'eid-recording 1';
/** Bytes of a file at most, when nothing else is said. */
export const USUAL_RECORDING_SIZE = 4_000_000;
/** Bytes of a file that is read at most. */
export const LARGEST_RECORDING_FILE = 16_000_000;
/** Events of a file that is read at most: each takes a hundred times its shortest line in memory. */
export const MOST_EVENTS = 250_000;
/** Bytes of one chunk. */
export const LARGEST_CHUNK = 65_536;

/** What the station may have wanted, as far as it changes what a driver asks its device. */
export const TOLD_COMMANDS = ['reader.read', 'reader.watch', 'scanner.start', 'scanner.stop'] as const;
export type ToldCommand = (typeof TOLD_COMMANDS)[number];

/** One thing that happened, `at` milliseconds after the start. */
export type RecordedEvent = { readonly at: number } & (
  | { readonly kind: 'open'; readonly failed: string | null }
  | { readonly kind: 'asked'; readonly bytes: Uint8Array }
  | { readonly kind: 'heard'; readonly bytes: Uint8Array }
  | { readonly kind: 'told'; readonly command: ToldCommand }
  | { readonly kind: 'end'; readonly unplugged: boolean; readonly cause: string }
  | { readonly kind: 'stop'; readonly why: string }
);

export interface Recording {
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly device: Device;
  readonly notes: readonly string[];
  readonly expected: readonly string[];
  /** With the line of the file that each stands in, from 1. */
  readonly events: readonly (RecordedEvent & { readonly line: number })[];
}

/** Where the device of a recording is said to be plugged in. */
export const RECORDED_PATH = '/recorded';

/** The device without what tells where it stands: path, host, serial number. */
export function withoutPlace(device: Device): Device {
  if (!('connection' in device)) return device;
  const { connection } = device;
  switch (connection.transport) {
    case 'tcp':
      return { ...device, connection: { transport: 'tcp', host: 'recorded', port: 1 } } as Device;
    case 'serial':
    case 'hid': {
      const { path: _path, usb: _usb, ...rest } = connection;
      return { ...device, connection: { ...rest, path: RECORDED_PATH } } as Device;
    }
  }
}

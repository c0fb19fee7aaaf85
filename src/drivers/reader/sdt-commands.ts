import type { DeviceCommand } from '../command-session/command.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import { encodeSdtRequest } from '../framing/sdt.ts';

/** Head, length and checksum of a response frame around its SW and data. */
const AROUND_DATA = 5 + 2 + 3 + 1;
export const TEXT_LENGTH = 256;
export const PHOTO_LENGTH = 1024;
const READ_DATA = 4 + TEXT_LENGTH + PHOTO_LENGTH;
/** Up to four extra addresses of 35 characters. */
const LARGEST_EXTRA_ADDRESS = 4 * 70;

const SUCCESS_STATUSES: readonly number[] = [0x90, 0x91, 0x9f];

function command(definition: {
  readonly name: string;
  readonly code: readonly [command: number, parameter: number];
  readonly thinkingTime: number;
  readonly success: (response: SdtResponse) => boolean;
  readonly successStatus: number;
  /** Success that carries nothing. */
  readonly emptyStatus?: number;
  readonly largestData: number;
}): DeviceCommand {
  const [code, parameter] = definition.code;
  return {
    name: definition.name,
    frame: encodeSdtRequest({ command: code, parameter }),
    thinkingTime: definition.thinkingTime,
    largestAnswer: AROUND_DATA + definition.largestData,
    // A refusal carries no data and none of the codes that mean success of some other command.
    accepts: (response) =>
      response.status === definition.successStatus
        ? definition.success(response)
        : response.data.length === 0 &&
          (!SUCCESS_STATUSES.includes(response.status) || response.status === definition.emptyStatus),
  };
}

/** A portrait may be missing; the lengths in front of the fields say so. */
function isReading(response: SdtResponse): boolean {
  return response.data.length === READ_DATA || response.data.length === READ_DATA - PHOTO_LENGTH;
}

/**
 * Commands of GA/T 467-2019 chapter 7 that this reader uses.
 *
 * | name | CMD Para | success |
 * |---|---|---|
 * | reset | 10 FF | 90, no data |
 * | status | 11 FF | 90, no data |
 * | sam-id | 12 FF | 90, 16 bytes |
 * | find | 20 01 | 9F, 4 bytes, zeros |
 * | select | 20 02 | 90, 8 bytes, zeros |
 * | read | 30 01 | 90, text length and photo length (big-endian 16 bits each), text, photo |
 * | extra-address | 30 03 | 90, n times 70 bytes; 91 when none is stored. 80 or 41: no card that was read lies there |
 *
 * Fingerprints (30 10) are never asked for.
 */
export const SDT_COMMANDS = {
  reset: command({
    name: 'reset',
    code: [0x10, 0xff],
    thinkingTime: 2000,
    successStatus: 0x90,
    success: (response) => response.data.length === 0,
    largestData: 0,
  }),
  status: command({
    name: 'status',
    code: [0x11, 0xff],
    thinkingTime: 1000,
    successStatus: 0x90,
    success: (response) => response.data.length === 0,
    largestData: 0,
  }),
  'sam-id': command({
    name: 'sam-id',
    code: [0x12, 0xff],
    thinkingTime: 1000,
    successStatus: 0x90,
    success: (response) => response.data.length === 16,
    largestData: 16,
  }),
  find: command({
    name: 'find',
    code: [0x20, 0x01],
    thinkingTime: 1000,
    successStatus: 0x9f,
    success: (response) => response.data.length === 4,
    largestData: 4,
  }),
  select: command({
    name: 'select',
    code: [0x20, 0x02],
    thinkingTime: 1000,
    successStatus: 0x90,
    success: (response) => response.data.length === 8,
    largestData: 8,
  }),
  read: command({
    name: 'read',
    code: [0x30, 0x01],
    thinkingTime: 3000,
    successStatus: 0x90,
    success: isReading,
    largestData: READ_DATA,
  }),
  'extra-address': command({
    name: 'extra-address',
    code: [0x30, 0x03],
    thinkingTime: 1500,
    successStatus: 0x90,
    emptyStatus: 0x91,
    success: (response) =>
      response.data.length > 0 &&
      response.data.length % 70 === 0 &&
      response.data.length <= LARGEST_EXTRA_ADDRESS,
    largestData: LARGEST_EXTRA_ADDRESS,
  }),
} as const satisfies Readonly<Record<string, DeviceCommand>>;

export type SdtCommandName = keyof typeof SDT_COMMANDS;

const MODULE_DOWN: readonly number[] = [0x60, 0x66];

/**
 * Bring the line into step. Each takes success in its own shape only, or the module's refusal to do anything at all
 * (self-test 60, licence 66).
 */
export const SDT_BARRIERS: readonly DeviceCommand[] = [
  {
    ...SDT_COMMANDS.status,
    name: 'barrier',
    accepts: ({ status, data }) => data.length === 0 && (status === 0x90 || MODULE_DOWN.includes(status)),
  },
  {
    ...SDT_COMMANDS['sam-id'],
    name: 'second barrier',
    accepts: ({ status, data }) =>
      (status === 0x90 && data.length === 16) || (data.length === 0 && MODULE_DOWN.includes(status)),
  },
];

/** The two fields of a reading, in memory of their own; null when the length words do not fit the data. */
export function splitReading(
  data: Uint8Array,
): { readonly text: Uint8Array<ArrayBuffer>; readonly photo: Uint8Array<ArrayBuffer> } | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 4 || view.getUint16(0) !== TEXT_LENGTH) return null;
  const photoLength = view.getUint16(2);
  if (photoLength !== 0 && photoLength !== PHOTO_LENGTH) return null;
  if (data.length !== 4 + TEXT_LENGTH + photoLength) return null;
  const photo = new Uint8Array(PHOTO_LENGTH);
  photo.set(data.subarray(4 + TEXT_LENGTH));
  return { text: data.slice(4, 4 + TEXT_LENGTH), photo };
}

/**
 * The security module's identity as text, from 16 bytes: two 16-bit and three 32-bit numbers, little-endian, written
 * `05.01-20231231-0001234567-0123456789`.
 */
export function samIdText(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const group = (value: number, digits: number) => String(value).padStart(digits, '0');
  return [
    `${group(view.getUint16(0, true), 2)}.${group(view.getUint16(2, true), 2)}`,
    group(view.getUint32(4, true), 8),
    group(view.getUint32(8, true), 10),
    group(view.getUint32(12, true), 10),
  ].join('-');
}

/** Invented modules say 99 where real ones have their maker's number. Such a reader is never taken for a real one. */
export function isSimulatedSam(samId: string): boolean {
  return samId.startsWith('99.');
}

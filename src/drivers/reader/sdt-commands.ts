import type { ReaderDevice } from '#contract/device.ts';
import type { DeviceCommand } from '../command-session/command.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import { encodeSdtRequest } from '../framing/sdt.ts';
import { ADDRESSES_LENGTHS, CARD_NUMBER_LENGTH, READING_LENGTHS, SAM_ID_LENGTH } from './sdt-answers.ts';

/** Head, length and checksum of a response frame around its SW and data. */
const AROUND_DATA = 5 + 2 + 3 + 1;

const SUCCESS_STATUSES: readonly number[] = [0x90, 0x91, 0x9f];

/** Milliseconds that a module may think where the device's settings say nothing else. */
const USUAL_THINKING = { reset: 2000, question: 1000, read: 3000, address: 1500 } as const;

function command(definition: {
  readonly name: string;
  readonly code: readonly [command: number, parameter: number];
  readonly thinkingTime: number;
  readonly successStatus?: number;
  /** Success that carries nothing. */
  readonly emptyStatus?: number;
  /** Bytes that success can carry, the most last. */
  readonly dataLengths: readonly number[];
}): DeviceCommand {
  const [code, parameter] = definition.code;
  const { dataLengths, successStatus = 0x90 } = definition;
  return {
    name: definition.name,
    frame: encodeSdtRequest({ command: code, parameter }),
    thinkingTime: definition.thinkingTime,
    largestAnswer: AROUND_DATA + (dataLengths.at(-1) ?? 0),
    // A refusal carries no data and none of the codes that mean success of some other command.
    accepts: (response) =>
      response.status === successStatus
        ? dataLengths.includes(response.data.length)
        : response.data.length === 0 &&
          (!SUCCESS_STATUSES.includes(response.status) || response.status === definition.emptyStatus),
  };
}

/**
 * Commands of GA/T 467-2019 chapter 7.
 *
 * | name | CMD Para | success |
 * |---|---|---|
 * | reset | 10 FF | 90, no data |
 * | status | 11 FF | 90, no data |
 * | sam-id | 12 FF | 90, 16 bytes |
 * | find | 20 01 | 9F, 4 bytes, zeros |
 * | select | 20 02 | 90, 8 bytes, zeros |
 * | read | 30 01 | 90, text length and photo length (big-endian 16 bits each), text, photo |
 * | read-fingerprints | 30 10 | 90, as above with a third length, and the fingerprints at the end |
 * | extra-address | 30 03 | 90, n times 70 bytes; 91 when none is stored. 80 or 41: no card that was read lies there |
 * | card-number | 30 05 | 90, 28 bytes; that every model has it is unverified |
 *
 * The reader's rules ask for fingerprints only where the device's settings say so, and never for the card's number.
 */
export function sdtCommands(thinking: ReaderDevice['thinkingTimes']) {
  const question = thinking.other ?? USUAL_THINKING.question;
  const read = thinking.read ?? USUAL_THINKING.read;
  return {
    reset: command({
      name: 'reset',
      code: [0x10, 0xff],
      thinkingTime: thinking.other ?? USUAL_THINKING.reset,
      dataLengths: [0],
    }),
    status: command({ name: 'status', code: [0x11, 0xff], thinkingTime: question, dataLengths: [0] }),
    'sam-id': command({
      name: 'sam-id',
      code: [0x12, 0xff],
      thinkingTime: question,
      dataLengths: [SAM_ID_LENGTH],
    }),
    find: command({
      name: 'find',
      code: [0x20, 0x01],
      thinkingTime: thinking.find ?? USUAL_THINKING.question,
      successStatus: 0x9f,
      dataLengths: [4],
    }),
    select: command({
      name: 'select',
      code: [0x20, 0x02],
      thinkingTime: thinking.select ?? USUAL_THINKING.question,
      dataLengths: [8],
    }),
    read: command({
      name: 'read',
      code: [0x30, 0x01],
      thinkingTime: read,
      dataLengths: READING_LENGTHS.read,
    }),
    'read-fingerprints': command({
      name: 'read-fingerprints',
      code: [0x30, 0x10],
      thinkingTime: read,
      dataLengths: READING_LENGTHS['read-fingerprints'],
    }),
    'extra-address': command({
      name: 'extra-address',
      code: [0x30, 0x03],
      thinkingTime: thinking.other ?? USUAL_THINKING.address,
      emptyStatus: 0x91,
      dataLengths: ADDRESSES_LENGTHS,
    }),
    'card-number': command({
      name: 'card-number',
      code: [0x30, 0x05],
      thinkingTime: question,
      dataLengths: [CARD_NUMBER_LENGTH],
    }),
  } as const satisfies Readonly<Record<string, DeviceCommand>>;
}

/** With the usual thinking times. */
export const SDT_COMMANDS = sdtCommands({});
export type SdtCommands = ReturnType<typeof sdtCommands>;
export type SdtCommandName = keyof SdtCommands;

const MODULE_DOWN: readonly number[] = [0x60, 0x66];

/**
 * Bring the line into step. Each takes success in its own shape only, or the module's refusal to do anything at all
 * (self-test 60, licence 66).
 */
export function sdtBarriers(commands: SdtCommands): readonly [DeviceCommand, DeviceCommand] {
  const barrier = (name: string, usual: DeviceCommand, length: number): DeviceCommand => ({
    ...usual,
    name,
    accepts: ({ status, data }: SdtResponse) =>
      (status === 0x90 && data.length === length) || (data.length === 0 && MODULE_DOWN.includes(status)),
  });
  return [
    barrier('barrier', commands.status, 0),
    barrier('second barrier', commands['sam-id'], SAM_ID_LENGTH),
  ];
}

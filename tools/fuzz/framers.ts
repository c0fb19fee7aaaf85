import { HID_POS_LAYOUTS } from '#contract/device.ts';
import { encodeHidPosCommand, hidPosFramer } from '#drivers/framing/hid-pos.ts';
import { gapFramer, lineFramer } from '#drivers/framing/line.ts';
import { encodeNewlandCommand, newlandFramer } from '#drivers/framing/newland.ts';
import {
  encodeSdtRequest,
  encodeSdtResponse,
  LARGEST_SDT_LENGTH,
  sdtRequestDeframer,
  sdtResponseDeframer,
} from '#drivers/framing/sdt.ts';
import { encodeSsi, ssiDeframer } from '#drivers/framing/ssi.ts';

/** A framer to be fed, and what its users feed it when all is well. */
export interface FuzzedFramer {
  readonly name: string;
  readonly push: (chunk: Uint8Array) => readonly unknown[];
  /** Bytes that it holds, and at most may hold. */
  readonly pending: () => number;
  readonly bound: number;
  readonly reset: () => void;
  /** Frames that it takes. */
  readonly valid: readonly Uint8Array[];
}

const LIMIT = 4296;
const text = (words: string) => new TextEncoder().encode(words);
const LINES = [
  'https://example.cn/a?b=c\r',
  '例：二维码\r\n',
  ']Q1EIDP1:AAAA\n',
  '\r',
  `${'x'.repeat(300)}\r\n`,
].map(text);
const SDT_ANSWERS = [
  encodeSdtResponse({ status: 0x90 }),
  encodeSdtResponse({ status: 0x9f, data: new Uint8Array(4) }),
  encodeSdtResponse({ sw1: 0x6a, status: 0x41 }),
  encodeSdtResponse({ status: 0x90, data: new Uint8Array(70).fill(0xaa) }),
  encodeSdtResponse({ status: 0x90, data: new Uint8Array(1284).fill(0x96) }),
];
const SDT_QUESTIONS = [
  encodeSdtRequest({ command: 0x20, parameter: 0x01 }),
  encodeSdtRequest({ command: 0x61, parameter: 0xff, data: Uint8Array.of(0x50) }),
];
const SSI_PACKETS = [
  encodeSsi({ opcode: 0xd0, source: 'scanner' }),
  encodeSsi({ opcode: 0xf3, source: 'scanner', data: text('\x1cHELLO') }),
  encodeSsi({ opcode: 0xf3, source: 'scanner', continued: true, data: new Uint8Array(200).fill(0x41) }),
];
const ANSWER = Uint8Array.of(0x02, 0x01, ...text('0000#SCNTRG1'), 0x06, 0x3b, 0x03);

/** A report as a scanner of one of the layouts may send it; each layout takes some of them. */
function report(begin: readonly number[], end: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(begin);
  bytes.set(end, bytes.length - end.length);
  return bytes;
}
const REPORTS = [
  report([2, 5, 0x5d, 0x51, 0x31, ...text('HELLO')], [0x51, 0x73, 0, 0]),
  report([2, 56, 0x5d, 0x51, 0x31, ...new Uint8Array(56).fill(0x41)], [1]),
  report([2, 4, ...text('CODE')], []),
  encodeHidPosCommand('newland', ANSWER),
];

/** Where silence ends a line it is silent after every other chunk. */
function gapped(): FuzzedFramer {
  const framer = gapFramer({ limit: LIMIT });
  return {
    ...framer,
    name: 'line gap',
    bound: LIMIT + 1,
    valid: LINES,
    push: (chunk) => [...framer.push(chunk), ...(chunk.length % 2 === 0 ? framer.silence() : [])],
  };
}

/** Every framer of the drivers. */
export function fuzzedFramers(): readonly FuzzedFramer[] {
  const sdtBound = 6 + LARGEST_SDT_LENGTH;
  return [
    { name: 'sdt answers', bound: sdtBound, valid: SDT_ANSWERS, ...sdtResponseDeframer() },
    { name: 'sdt questions', bound: sdtBound, valid: SDT_QUESTIONS, ...sdtRequestDeframer() },
    ...(['cr', 'lf', 'crlf'] as const).map((suffix) => ({
      name: `line ${suffix}`,
      bound: LIMIT + 1,
      valid: LINES,
      ...lineFramer({ suffix, limit: LIMIT }),
    })),
    gapped(),
    {
      name: 'newland',
      bound: LIMIT + 200,
      valid: [...LINES, ANSWER, encodeNewlandCommand('SCNTRG1')],
      ...newlandFramer(lineFramer({ suffix: 'cr', limit: LIMIT })),
    },
    { name: 'ssi', bound: 257, valid: SSI_PACKETS, ...ssiDeframer('scanner') },
    ...HID_POS_LAYOUTS.map((layout) => ({
      name: `hid-pos ${layout}`,
      bound: LIMIT,
      valid: REPORTS,
      ...hidPosFramer({ layout, limit: LIMIT }),
    })),
  ];
}

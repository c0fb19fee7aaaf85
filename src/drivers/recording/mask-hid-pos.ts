import type { HidPosScannerDevice } from '#contract/device.ts';
import { AIM_LENGTH } from '../framing/aim.ts';
import { HID_POS_DATA, HID_POS_LAYOUTS, hidPosFramer, readHidPosReport } from '../framing/hid-pos.ts';
import { readNewlandAnswer } from '../framing/newland.ts';
import { LONGEST_SCAN } from '../scanner/scan-text.ts';
import { FILLER, type Mask } from './mask.ts';
import { FILLER_LETTER, isNoText, maskAsNoText, maskCode } from './mask-code.ts';
import { plainAim } from './plain-aim.ts';

/** Silences that end what has begun, milliseconds; where no flag says whether more follows, the shorter one. */
const REPORT_GAP = 1000;
const FULL_REPORT_GAP = 100;
const NOTHING = new Uint8Array(0);
/** What Newland's answer begins and ends with: `02 01 0000#`, a verdict and `3B 03`. */
const ANSWER_HEAD = 7;
const ANSWER_TAIL = 3;
const ANY_DEVICE = 0x30;

/** Reports of a HID scanner: counts, AIM identifiers and what says that more follows stay, and codes are letters. */
export function maskHidPos({ layout, encoding }: HidPosScannerDevice): Mask {
  const places = HID_POS_LAYOUTS[layout];
  const framer = hidPosFramer({ layout, limit: LONGEST_SCAN });
  const gap = places.more === null ? FULL_REPORT_GAP : REPORT_GAP;
  /** A full report that may be a code's last: only silence tells. Its code's bytes stand in the second. */
  let held: { readonly report: Uint8Array; readonly data: Uint8Array } | null = null;
  let heardAt = 0;
  let lastAsked = '';

  function takeHeld(): Uint8Array {
    const report = held?.report ?? NOTHING;
    held = null;
    return report;
  }
  /** Nothing more comes of what has begun. */
  function end(): Uint8Array {
    spoilNoText(framer.silence(), held?.data ?? NOTHING);
    return takeHeld();
  }
  function spoilNoText(frames: ReturnType<typeof framer.push>, data: Uint8Array): void {
    for (const frame of frames) {
      if (frame.kind !== 'scan') continue;
      if (isNoText(frame.bytes, encoding)) maskAsNoText(data);
      frame.bytes.fill(0);
    }
  }

  function maskReport(report: Uint8Array): Uint8Array {
    const part = readHidPosReport(places, report);
    const frames = framer.push(report);
    if (part === null) return new Uint8Array(report.length).fill(FILLER);
    const masked = new Uint8Array(report.length);
    masked.set(report.subarray(0, 1));
    if (places.count !== null) masked.set(report.subarray(places.count, places.count + 1), places.count);
    if (places.aim !== null)
      masked.set(plainAim(report.subarray(places.aim, places.aim + AIM_LENGTH)), places.aim);
    if (places.more !== null) masked[places.more] = part.more ? 1 : 0;
    const data = masked.subarray(places.data, places.data + part.data.length);
    const isAnswer = frames.some(({ kind }) => kind === 'answer');
    data.set(isAnswer ? maskAnswer(part.data, lastAsked) : maskCode(part.data, FILLER_LETTER));
    spoilNoText(frames, data);
    if (places.more === null && part.data.length === HID_POS_DATA) {
      held = { report: masked, data };
      return NOTHING;
    }
    return masked;
  }

  return {
    asked(bytes) {
      lastAsked = Buffer.from(bytes).toString('latin1');
      return bytes.slice();
    },
    heard(bytes, at) {
      const before = at - heardAt > gap ? end() : takeHeld();
      heardAt = at;
      const masked = maskReport(bytes);
      const out = new Uint8Array(before.length + masked.length);
      out.set(before);
      out.set(masked, before.length);
      return out;
    },
    settle: end,
  };
}

/** An answer says whether a command was done; which one it was, only when the driver has sent it. */
function maskAnswer(data: Uint8Array, asked: string): Uint8Array {
  const answer = readNewlandAnswer(data);
  if (answer !== null && asked.includes(answer.command)) return data;
  const masked = new Uint8Array(data.length).fill(FILLER);
  if (answer === null) {
    masked.set(data.subarray(-1), Math.max(0, data.length - 1));
    return masked;
  }
  masked.set(data.subarray(0, ANSWER_HEAD));
  masked.fill(ANY_DEVICE, 2, ANSWER_HEAD - 1);
  masked.set(data.subarray(-ANSWER_TAIL), data.length - ANSWER_TAIL);
  return masked;
}

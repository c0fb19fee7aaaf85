import type { HidPosLayout } from '#contract/device.ts';
import { AIM_LENGTH, type AimIdentifier, readAimIdentifier } from './aim.ts';
import { type NewlandVerdict, readNewlandAnswer } from './newland.ts';

/**
 * Scans in HID reports (USB HID Point of Sale Usage Tables 1.02, usage page 8C). The standard names the fields and
 * leaves their order to the maker:
 *
 * | layout | count | AIM | data | more | report with its id |
 * |---|---|---|---|---|---|
 * | honeywell (61: its own name of the code's kind) | 1 | 2-4 | 5-60 | 63, bit 0 | 64 bytes |
 * | minimal | none: zeros fill up | 1-3 | 4-59 | 60, bit 0 | 61 |
 * | counted | 1 | 2-4 | 5-60 | 61, bit 0 | 62 |
 * | newland (62: its own name of the code's kind) | 1 | none | 2-57 | none: a full report | at least 58 |
 *
 * Only the first was seen on a wire; the other three are one maker's word each, unverified here.
 */
export interface HidPosPlaces {
  /** Bytes of the shortest report that holds all that is read, its id included. */
  readonly size: number;
  readonly count: number | null;
  readonly aim: number | null;
  readonly data: number;
  readonly more: number | null;
}

export const HID_POS_LAYOUTS: Readonly<Record<HidPosLayout, HidPosPlaces>> = {
  honeywell: { size: 64, count: 1, aim: 2, data: 5, more: 63 },
  minimal: { size: 61, count: null, aim: 1, data: 4, more: 60 },
  counted: { size: 62, count: 1, aim: 2, data: 5, more: 61 },
  newland: { size: 58, count: 1, aim: null, data: 2, more: null },
};
/** Every scan's report; what a device says under another id is about something else. */
const SCAN_REPORT = 0x02;
/** Bytes of a scan in one report, in every layout. */
export const HID_POS_DATA = 56;

export type HidPosFrame =
  | { readonly kind: 'scan'; readonly aim: AimIdentifier | null; readonly bytes: Uint8Array }
  /** To a command, not from a code. The verdict is null in the parts of an answer that carry none. */
  | { readonly kind: 'answer'; readonly command: string | null; readonly verdict: NewlandVerdict | null }
  /** Reports without end; those up to the end are dropped. Told once. */
  | { readonly kind: 'too-long' }
  /** A scan that began and never ended. */
  | { readonly kind: 'cut' }
  /** No report of this layout. */
  | { readonly kind: 'damaged' };

export interface HidPosFramer {
  /** One report, its id in front. Never throws. */
  push(report: Uint8Array): HidPosFrame[];
  /** The device has been silent: how long that is, is the caller's to know. */
  silence(): HidPosFrame[];
  begun(): boolean;
  /** Bytes of an unfinished scan; never more than the limit. */
  pending(): number;
  /** Drops the scan that has begun, up to its last report. */
  drop(): void;
  /** Forgets and zeroes what was begun. */
  reset(): void;
}

export interface HidPosPart {
  readonly aim: AimIdentifier | null;
  readonly data: Uint8Array;
  readonly more: boolean;
}

/** Reads one report, or null when it is none of this layout. */
export function readHidPosReport(layout: HidPosPlaces, report: Uint8Array): HidPosPart | null {
  if (report.length < layout.size || report[0] !== SCAN_REPORT) return null;
  const all = report.subarray(layout.data, layout.data + HID_POS_DATA);
  const count = layout.count === null ? null : (report[layout.count] ?? 0);
  if (count !== null && count > HID_POS_DATA) return null;
  const flagged = layout.more === null ? null : ((report[layout.more] ?? 0) & 1) === 1;
  const more = flagged ?? count === HID_POS_DATA;
  const data = count === null ? (more ? all : withoutZeros(all)) : all.subarray(0, count);
  if (layout.aim === null) return { aim: null, data, more };
  const aim = readAimIdentifier(report.subarray(layout.aim, layout.aim + AIM_LENGTH));
  return aim === null ? null : { aim, data, more };
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

/** Honeywell answers commands with `]X0` and, at the end, `]Z6`. Some makers call Han Xin codes `]X0` too: they are not read here. */
function isAnswer(aim: AimIdentifier): boolean {
  return (aim.kind === 'X' && aim.options === '0') || (aim.kind === 'Z' && aim.options === '6');
}

const VERDICTS: Readonly<Record<number, NewlandVerdict>> = { 6: 'ack', 21: 'nak', 5: 'enq' };

function sameKind(one: AimIdentifier | null, other: AimIdentifier | null): boolean {
  return one?.kind === other?.kind && one?.options === other?.options;
}

/** Joins the reports of a scan, of at most `limit` bytes. */
export function hidPosFramer(options: {
  readonly layout: HidPosLayout;
  readonly limit: number;
}): HidPosFramer {
  const { limit } = options;
  const layout = HID_POS_LAYOUTS[options.layout];
  const buffer = new Uint8Array(limit);
  let filled = 0;
  let aim: AimIdentifier | null = null;
  let under: 'nothing' | 'scan' | 'dropped' = 'nothing';

  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
    aim = null;
    under = 'nothing';
  };
  const finish = (frames: HidPosFrame[]) => {
    const bytes = buffer.slice(0, filled);
    const named = aim;
    clear();
    if (named !== null && isAnswer(named)) {
      const last = bytes.at(-1);
      const verdict = named.kind === 'Z' && last !== undefined ? (VERDICTS[last] ?? null) : null;
      frames.push({ kind: 'answer', command: null, verdict });
    } else {
      const answer = named === null ? readNewlandAnswer(bytes) : null;
      if (answer !== null) frames.push({ kind: 'answer', ...answer });
      else if (bytes.length > 0) frames.push({ kind: 'scan', aim: named, bytes });
    }
  };

  return {
    push(report) {
      const part = readHidPosReport(layout, report);
      if (part === null) return [{ kind: 'damaged' }];
      const frames: HidPosFrame[] = [];
      if (under !== 'nothing' && !sameKind(aim, part.aim)) {
        // Another code has begun, and the rest of the one before was lost. The end of an answer is named otherwise.
        if (aim !== null && isAnswer(aim)) finish(frames);
        else if (under === 'scan') frames.push({ kind: 'cut' });
        clear();
      }
      if (under === 'nothing') {
        under = 'scan';
        aim = part.aim;
      }
      if (under === 'scan' && filled + part.data.length > limit) {
        buffer.fill(0, 0, filled);
        filled = 0;
        under = 'dropped';
        frames.push({ kind: 'too-long' });
      }
      if (under === 'scan') {
        buffer.set(part.data, filled);
        filled += part.data.length;
      }
      if (part.more) return frames;
      if (under === 'scan') finish(frames);
      else clear();
      return frames;
    },
    silence() {
      const frames: HidPosFrame[] = [];
      // Without a flag a last report that is full can only be told by what does not follow.
      if (under === 'scan' && layout.more === null) finish(frames);
      else if (under === 'scan') frames.push({ kind: 'cut' });
      clear();
      return frames;
    },
    begun: () => under !== 'nothing',
    pending: () => filled,
    drop() {
      if (under === 'nothing') return;
      buffer.fill(0, 0, filled);
      filled = 0;
      under = 'dropped';
    },
    reset: clear,
  };
}

/**
 * The output report in which a scanner takes a serial command, without its filling.
 *
 * | byte | honeywell | newland |
 * |---|---|---|
 * | 0 | FD, the report's id | 04 |
 * | 1 | bytes that follow | bytes that follow, 1 to 62 |
 * | 2.. | command | command |
 *
 * Unverified: what Honeywell's second byte counts; for a trigger, the number of the command's bytes was seen to work.
 */
export function encodeHidPosCommand(maker: 'honeywell' | 'newland', command: Uint8Array): Uint8Array {
  if (command.length === 0 || command.length > 62) throw new Error('a command has 1 to 62 bytes');
  return Uint8Array.of(maker === 'honeywell' ? 0xfd : 0x04, command.length, ...command);
}

import type { LineFrame, LineFramer } from './line.ts';

/**
 * Commands of Newland's unified set, which other makers have taken over, and their answers.
 *
 * | bytes | command | answer |
 * |---|---|---|
 * | | 7E 01 | 02 01 |
 * | 4 | `0000`: which device of several | the same |
 * | 1 | `#` for now, `@` for good | the same |
 * | | letters and digits | the same |
 * | 1 | | 06 done, 15 refused, 05 unknown |
 * | 2 | 3B 03 | 3B 03 |
 */
export type NewlandVerdict = 'ack' | 'nak' | 'enq';

export interface NewlandAnswer {
  /** Such as `SCNTRG1`. */
  readonly command: string;
  readonly verdict: NewlandVerdict;
}

/** Longest answer that is believed. */
export const LONGEST_NEWLAND_ANSWER = 160;

/** A command that holds until the scanner is switched off; its settings in flash stay as they are. */
export function encodeNewlandCommand(command: string): Uint8Array {
  return Uint8Array.from(`~\u00010000#${command};\u0003`, (character) => character.charCodeAt(0));
}

const STX = 0x02;
const SOH = 0x01;
const ETX = 0x03;
const SEMICOLON = 0x3b;
const VERDICTS: Readonly<Record<number, NewlandVerdict>> = { 6: 'ack', 21: 'nak', 5: 'enq' };
const ANSWERED = /^[0-9A-Z]{4}[#@]([0-9A-Z]+)$/;

/** Reads bytes that are one answer and nothing else, or null. */
export function readNewlandAnswer(bytes: Uint8Array): NewlandAnswer | null {
  if (bytes.length > LONGEST_NEWLAND_ANSWER) return null;
  const [first, second] = bytes;
  const [mark = 0, semicolon, last] = bytes.subarray(-3);
  if (first !== STX || second !== SOH || semicolon !== SEMICOLON || last !== ETX) return null;
  const [, command] = ANSWERED.exec(String.fromCharCode(...bytes.subarray(2, -3))) ?? [];
  const verdict = VERDICTS[mark];
  return command === undefined || verdict === undefined ? null : { command, verdict };
}

export type NewlandFrame = LineFrame | { readonly kind: 'answer'; readonly answer: NewlandAnswer };

export interface NewlandFramer extends Omit<LineFramer, 'push' | 'silence'> {
  push(chunk: Uint8Array): NewlandFrame[];
  silence(): NewlandFrame[];
}

/**
 * Takes the answers out that stand between lines. What only looks like the beginning of an answer is given to `lines`
 * as it came, so that a code cannot lose a part of itself by imitating one: the line then holds control characters,
 * and no text may.
 */
export function newlandFramer(lines: LineFramer): NewlandFramer {
  const buffer = new Uint8Array(LONGEST_NEWLAND_ANSWER);
  let filled = 0;
  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
  };
  /** It was no answer. */
  const giveBack = (frames: NewlandFrame[]) => {
    const bytes = buffer.slice(0, filled);
    clear();
    frames.push(...lines.push(bytes));
  };
  const collect = (byte: number, frames: NewlandFrame[]) => {
    buffer[filled] = byte;
    filled += 1;
    if (filled === 2 && byte !== SOH) return giveBack(frames);
    if (byte === ETX && buffer[filled - 2] === SEMICOLON) {
      const answer = readNewlandAnswer(buffer.subarray(0, filled));
      if (answer === null) return giveBack(frames);
      clear();
      frames.push({ kind: 'answer', answer });
    } else if (filled === buffer.length) giveBack(frames);
  };

  return {
    push(chunk) {
      const frames: NewlandFrame[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (filled > 0) {
          collect(chunk[at] ?? 0, frames);
          at += 1;
          continue;
        }
        const mark = chunk.indexOf(STX, at);
        const plain = mark < 0 ? chunk.length : mark;
        if (plain > at) frames.push(...lines.push(chunk.subarray(at, plain)));
        at = plain;
        if (mark < 0) break;
        // Inside a line it is no answer's beginning.
        if (lines.begun()) frames.push(...lines.push(chunk.subarray(at, at + 1)));
        else collect(STX, frames);
        at += 1;
      }
      return frames;
    },
    silence() {
      const frames: NewlandFrame[] = [];
      if (filled > 0) giveBack(frames);
      return [...frames, ...lines.silence()];
    },
    begun: () => filled > 0 || lines.begun(),
    pending: () => filled + lines.pending(),
    // An answer is nobody's code: it may come to its end.
    drop: () => lines.drop(),
    reset() {
      clear();
      lines.reset();
    },
  };
}

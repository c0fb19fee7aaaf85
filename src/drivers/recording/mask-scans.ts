import type { LineScannerDevice } from '#contract/device.ts';
import { AIM_LENGTH } from '../framing/aim.ts';
import { readNewlandAnswer } from '../framing/newland.ts';
import { readScan, readScanWithAim } from '../scanner/scan-text.ts';
import type { Mask } from './mask.ts';
import { FILLER_LETTER, MALFORMED } from './mask-code.ts';
import { plainAim } from './plain-aim.ts';

/** Bytes of an unfinished line that are held; what is longer is no code in any case. */
const LONGEST_HELD = 8192;
const CR = 0x0d;
const LF = 0x0a;
const ANSWER_BEGIN = 0x02;
const ANSWER_END = 0x03;

/**
 * Codes of a scanner that ends them with CR, LF or silence. One that was text stays text of as many bytes, one that was
 * not stays refused; an AIM identifier says only what kind of code it is, and is kept. So is what a Newland scanner
 * answers to its commands.
 */
export function maskScans(device: LineScannerDevice): Mask {
  const { ending } = device;
  const buffer = new Uint8Array(LONGEST_HELD + 1);
  let filled = 0;
  let lastAt = 0;
  let lastAsked = '';

  /** What is held, in memory of its own; nothing of it stays here. */
  function takeHeld(): Uint8Array {
    const bytes = buffer.slice(0, filled);
    buffer.fill(0, 0, filled);
    filled = 0;
    return bytes;
  }

  function maskLine(): Uint8Array {
    const bytes = takeHeld();
    if (bytes.length === 0) return bytes;
    const masked = new Uint8Array(bytes.length).fill(FILLER_LETTER);
    const read = device.aimIdentifier ? readScanWithAim : readScan;
    const scan = read({ bytes, encoding: device.encoding, symbology: null });
    const withoutAim = !scan.ok && scan.error === 'no-aim';
    const begin = device.aimIdentifier && !withoutAim ? AIM_LENGTH : 0;
    masked.set(plainAim(bytes.subarray(0, begin)));
    if (!scan.ok && scan.error === 'not-text') masked[begin] = MALFORMED;
    bytes.fill(0);
    return masked;
  }

  /** What a scanner says to a command stays; a code that imitates it must name the very command that was sent. */
  function isAnswer(): boolean {
    if (buffer[0] !== ANSWER_BEGIN || buffer[filled - 1] !== ANSWER_END) return false;
    const answer = readNewlandAnswer(buffer.subarray(0, filled));
    return answer !== null && lastAsked.includes(answer.command);
  }

  return {
    asked(bytes) {
      lastAsked = Buffer.from(bytes).toString('latin1');
      return bytes.slice();
    },
    heard(bytes, at) {
      const out: number[] = [];
      if (ending.kind === 'gap' && at - lastAt >= ending.gapTime) out.push(...maskLine());
      lastAt = at;
      for (const byte of bytes) {
        if (byte === CR || byte === LF) out.push(...maskLine(), byte);
        else {
          buffer[filled] = byte;
          filled += 1;
        }
        if (isAnswer()) out.push(...takeHeld());
        if (filled > LONGEST_HELD) out.push(...takeHeld().fill(FILLER_LETTER));
      }
      return Uint8Array.from(out);
    },
    settle: maskLine,
  };
}

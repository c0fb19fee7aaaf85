import { THROW_AWAY } from '../printer/escpos-commands.ts';
import { FILLER } from './mask.ts';

/** A character of a command: this one, or any. */
type Pattern = readonly (number | 'any')[];

/** The commands of `printer/escpos-commands.ts` whose length is fixed; they say how something is printed, not what. */
const COMMANDS: readonly Pattern[] = [
  [0x1b, 0x40],
  [0x1c, 0x26],
  [0x1b, 0x45, 'any'],
  [0x1b, 0x61, 'any'],
  [0x1d, 0x21, 'any'],
  [0x1b, 0x64, 'any'],
  [0x1d, 0x56, 0x42, 0x00],
  [0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00],
  [0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, 'any'],
  [0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31],
  [0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30],
  [0x10, 0x04, 'any'],
  [0x1d, 0x72, 0x01],
  [...THROW_AWAY],
];
/** What stands in a QR code follows; `pL pH` counts three octets of this too. */
const QR_DATA: Pattern = [0x1d, 0x28, 0x6b, 'any', 'any', 0x31, 0x50, 0x30];
const QR_DATA_COUNTED = 3;
const LINE_FEED = 0x0a;

/**
 * What is sent to a printer is somebody's slip: its masked fields, and a statement in a QR code. Commands and the ends of
 * lines stay, and every text and code as filler of its length; what is no command of ours counts as text.
 */
export function maskReceipt(sent: Uint8Array): Uint8Array {
  const masked = new Uint8Array(sent.length).fill(FILLER);
  let at = 0;
  while (at < sent.length) {
    const kept = keptAt(sent, at);
    masked.set(sent.subarray(at, at + kept), at);
    at += kept + skippedAt(sent, at, kept);
  }
  return masked;
}

function keptAt(sent: Uint8Array, at: number): number {
  if (sent[at] === LINE_FEED) return 1;
  const command = [QR_DATA, ...COMMANDS].find((each) => stands(each, sent, at));
  return command?.length ?? 0;
}

/** Octets of text behind what is kept. */
function skippedAt(sent: Uint8Array, at: number, kept: number): number {
  if (kept === 0) return 1;
  if (!stands(QR_DATA, sent, at)) return 0;
  const counted = (sent[at + 3] ?? 0) | ((sent[at + 4] ?? 0) << 8);
  return Math.max(0, counted - QR_DATA_COUNTED);
}

function stands(pattern: Pattern, sent: Uint8Array, at: number): boolean {
  if (at + pattern.length > sent.length) return false;
  return pattern.every((octet, index) => octet === 'any' || octet === sent[at + index]);
}

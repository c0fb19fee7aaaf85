import type { PrintFault } from '#contract/receipt.ts';

/**
 * Answers to `10 04 n`, one octet each. In all of them bits 1 and 4 are set and bits 0 and 7 are clear, so that an idle
 * printer says 12; nothing in them tells which question they answer.
 *
 *     n    bit 2           bit 3        bit 5            bit 6
 *     1    -               offline      -                -
 *     2    cover open      -            paper is out     an error
 *     3    -               cutter       unrecoverable    passes by itself
 *     4    paper near end  near end     paper is out     paper is out
 *
 * The answer to `1D 72 01` has its upper four bits clear, so that neither is taken for the other.
 */
const FIXED_BITS = 0b1001_0011;
const FIXED_VALUE = 0b0001_0010;

export function isStatus(octet: number): boolean {
  return (octet & FIXED_BITS) === FIXED_VALUE;
}

export function isToldInTurn(octet: number): boolean {
  return (octet & 0xf0) === 0;
}

/** The four answers, in the order of their questions. */
export type StatusRound = readonly [number, number, number, number];

/** What a printer's state means: whether it can print, and what a technician or staff should do. */
export interface PrinterStanding {
  readonly fault: Exclude<PrintFault, 'no-printer' | 'unknown'> | null;
  /** Null when all is well. */
  readonly detail: string | null;
}

/** The first thing to be mended; an open cover often looks like missing paper too. */
export function standingOf([general, offline, error, paper]: StatusRound): PrinterStanding {
  const bit = (octet: number, number: number) => (octet & (1 << number)) !== 0;
  if (bit(offline, 2)) return { fault: 'cover-open', detail: 'the cover is open: close it' };
  if (bit(paper, 5) || bit(paper, 6) || bit(offline, 5))
    return { fault: 'no-paper', detail: 'no paper: put in a roll' };
  if (bit(error, 3))
    return { fault: 'jammed', detail: 'the cutter is jammed: open the cover and take the paper out' };
  if (bit(error, 5)) return { fault: 'offline', detail: 'an error that stays: switch it off and on' };
  if (bit(error, 6)) return { fault: 'offline', detail: 'an error that passes by itself: let it cool down' };
  if (bit(offline, 6)) return { fault: 'offline', detail: 'an error without a name: switch it off and on' };
  if (bit(general, 3)) return { fault: 'offline', detail: 'offline: press its feed or online button' };
  if (bit(paper, 2) || bit(paper, 3))
    return { fault: null, detail: 'paper is running out: have a roll at hand' };
  return { fault: null, detail: null };
}

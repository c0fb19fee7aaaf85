import type { Receipt } from '#contract/receipt.ts';
import { assertNever } from '#domain/result.ts';
import {
  bold,
  CHINESE_MODE,
  CUT,
  centred,
  doubleSize,
  feed,
  INITIALISE,
  qrCode,
  TELL_IN_TURN,
} from './escpos-commands.ts';
import { encodePrinted } from './printed-text.ts';
import { type Columns, layOutReceipt, type ReceiptRow } from './receipt-rows.ts';

/** Lines that lift the last one over the edge where the paper is torn off. */
const FEED_TO_EDGE = 5;

/** A whole receipt for the printer, with the question at its end that is answered when it has come out. */
export function encodeReceipt(options: {
  readonly receipt: Receipt;
  readonly columns: Columns;
  readonly cutter: boolean;
}): Uint8Array {
  const { receipt, columns, cutter } = options;
  return joined([
    INITIALISE,
    CHINESE_MODE,
    ...layOutReceipt(receipt, columns).flatMap((row) => encodeRow(row, columns)),
    ...(cutter ? [feed(1), CUT] : [feed(FEED_TO_EDGE)]),
    TELL_IN_TURN,
  ]);
}

function encodeRow(row: ReceiptRow, columns: Columns): readonly Uint8Array[] {
  switch (row.kind) {
    case 'text': {
      const styles: readonly Uint8Array[] = [
        centred(row.centred),
        ...(row.bold ? [bold(true)] : []),
        ...(row.double ? [doubleSize(true)] : []),
      ];
      const back = [...(row.double ? [doubleSize(false)] : []), ...(row.bold ? [bold(false)] : [])];
      return [...styles, encodePrinted(row.text), Uint8Array.of(0x0a), ...back];
    }
    case 'feed':
      return [feed(row.lines)];
    case 'qr': {
      const data = new TextEncoder().encode(row.text);
      return [centred(true), ...qrCode({ data, dots: dotsOfModule(data.length, columns) }), centred(false)];
    }
    default:
      return assertNever(row);
  }
}

/** Dots across the paper at 8 dots to a millimetre. */
const PAPER_DOTS: Readonly<Record<Columns, number>> = { 32: 384, 42: 512, 48: 576 };
/** Four modules at either side (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 8;
/** 0.75 mm: larger is read no better and takes paper. */
const MOST_DOTS = 6;

/** Octets in byte mode at error correction M, versions 1 to 40 (ISO/IEC 18004, table 7). */
const CAPACITIES: readonly number[] = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

/** As large as fits, for what the printer is left to encode in the mode that it likes. */
export function dotsOfModule(octets: number, columns: Columns): number {
  const index = CAPACITIES.findIndex((capacity) => capacity >= octets);
  const version = index < 0 ? CAPACITIES.length : index + 1;
  const modules = 17 + 4 * version + QUIET_ZONE;
  return Math.max(1, Math.min(MOST_DOTS, Math.floor(PAPER_DOTS[columns] / modules)));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

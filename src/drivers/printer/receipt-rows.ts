import type { EscPosPrinterDevice } from '#contract/device.ts';
import type { Receipt, ReceiptLine } from '#contract/receipt.ts';
import { assertNever } from '#domain/result.ts';
import { breakLines } from './line-breaking.ts';
import { columnsOf, printed } from './printed-text.ts';

/** One row of a receipt as it comes out of a printer whose width is known. */
export type ReceiptRow =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly double: boolean;
      readonly centred: boolean;
      readonly bold: boolean;
    }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'qr'; readonly text: string };

export type Columns = EscPosPrinterDevice['columns'];

/** Kept free between a fact's name and its value. */
const GAP = 2;

export function layOutReceipt(receipt: Receipt, columns: Columns): readonly ReceiptRow[] {
  return receipt.flatMap((line) => layOutLine(line, columns));
}

function layOutLine(line: ReceiptLine, columns: Columns): readonly ReceiptRow[] {
  switch (line.kind) {
    case 'text': {
      const double = line.size === 'double';
      return breakLines(printed(line.text), double ? columns / 2 : columns).map((text) => ({
        kind: 'text',
        text,
        double,
        centred: line.align === 'centre',
        bold: line.bold,
      }));
    }
    case 'fact':
      return layOutFact({ name: printed(line.name), value: printed(line.value), columns }).map(plain);
    case 'rule':
      return [plain('-'.repeat(columns))];
    case 'space':
      return [{ kind: 'feed', lines: line.lines }];
    case 'qr':
      return [{ kind: 'qr', text: line.text }];
    default:
      return assertNever(line);
  }
}

function layOutFact(fact: {
  readonly name: string;
  readonly value: string;
  readonly columns: Columns;
}): readonly string[] {
  const { name, value, columns } = fact;
  const free = columns - columnsOf(name) - columnsOf(value);
  if (free >= GAP) return [name + ' '.repeat(free) + value];
  const values = breakLines(value, columns).map((text) => ' '.repeat(columns - columnsOf(text)) + text);
  return [...breakLines(name, columns), ...values];
}

function plain(text: string): ReceiptRow {
  return { kind: 'text', text, double: false, centred: false, bold: false };
}

import * as v from 'valibot';

/**
 * A narrow receipt as its lines, before it is known how wide the paper is. The station writes it, the printer's driver
 * lays it out. It holds what the slip holds: masked fields only.
 */
const printable = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}]*$/u, 'must hold no control characters'),
);

export const ReceiptLineSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('text'),
    text: printable,
    size: v.picklist(['usual', 'double']),
    align: v.picklist(['left', 'centre']),
    bold: v.boolean(),
  }),
  /** A name at the left and its value at the right of one line, or of two when they do not fit. */
  v.strictObject({ kind: v.literal('fact'), name: printable, value: printable }),
  /** A line across the paper. */
  v.strictObject({ kind: v.literal('rule') }),
  v.strictObject({
    kind: v.literal('space'),
    lines: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  }),
  /** In the characters of QR's byte mode, error correction M. */
  v.strictObject({ kind: v.literal('qr'), text: v.pipe(v.string(), v.minLength(1), v.maxLength(1500)) }),
]);
export type ReceiptLine = v.InferOutput<typeof ReceiptLineSchema>;
export const ReceiptSchema = v.pipe(v.array(ReceiptLineSchema), v.maxLength(100));
export type Receipt = v.InferOutput<typeof ReceiptSchema>;

/** Largest PDF that is handed to a printer, bytes. */
export const LARGEST_PRINTED_PDF = 4_000_000;

/** What is to be printed: a narrow printer takes the receipt, a page printer the PDF. */
export const PrintDocumentSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('receipt'), lines: ReceiptSchema }),
  v.strictObject({
    kind: v.literal('pdf'),
    bytes: v.pipe(
      v.instance(Uint8Array),
      v.check((value) => value.length > 0 && value.length <= LARGEST_PRINTED_PDF, 'is too large to print'),
    ),
  }),
]);
export type PrintDocument = v.InferOutput<typeof PrintDocumentSchema>;

/** Why a document did not come out. After `unknown` it may have: the printer fell silent while it printed. */
export const PRINT_FAULTS = ['no-printer', 'no-paper', 'cover-open', 'jammed', 'offline', 'unknown'] as const;
export type PrintFault = (typeof PRINT_FAULTS)[number];

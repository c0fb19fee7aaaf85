import type { PrinterDevice } from '#contract/device.ts';
import type { PrintDocument } from '#contract/receipt.ts';

/** A page that shows whether a printer prints both languages, its full width and a QR code. */
export function testPage(device: PrinterDevice): PrintDocument {
  if (device.protocol === 'cups') return { kind: 'pdf', bytes: plainPdf('e-ID terminal: test page') };
  return {
    kind: 'receipt',
    lines: [
      { kind: 'text', text: '测试页', size: 'double', align: 'centre', bold: true },
      { kind: 'text', text: 'Test page', size: 'usual', align: 'centre', bold: false },
      { kind: 'rule' },
      { kind: 'fact', name: '每行字符 Columns', value: String(device.columns) },
      { kind: 'fact', name: '切纸 Cutter', value: device.cutter ? '有 yes' : '无 no' },
      { kind: 'rule' },
      { kind: 'qr', text: 'TEST PAGE' },
    ],
  };
}

/** One A4 page with one line in a font that every printer has. Nothing in the line may be `(`, `)` or `\`. */
function plainPdf(line: string): Uint8Array<ArrayBuffer> {
  const drawn = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text + table + trailer);
}

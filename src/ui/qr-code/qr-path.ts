import qrcode from 'qrcode';

export interface QrShape {
  /** Modules on a side, without the quiet zone. */
  readonly size: number;
  /** SVG path of the dark modules, one unit a module, from (0, 0). */
  readonly path: string;
}

/** Draws a text as a QR code with 15 % error correction. Neighbouring dark modules of a row become one rectangle. */
export function qrPath(text: string): QrShape {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const parts: string[] = [];
  for (let row = 0; row < size; row += 1) {
    let column = 0;
    while (column < size) {
      const start = column;
      while (column < size && modules.get(row, column)) column += 1;
      if (column > start) parts.push(`M${start} ${row}h${column - start}v1h-${column - start}z`);
      else column += 1;
    }
  }
  return { size, path: parts.join('') };
}

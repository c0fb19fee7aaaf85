import QRCode from 'qrcode';

export interface QrModules {
  /** Modules along a side. */
  readonly size: number;
  isDark(row: number, column: number): boolean;
}

/** A QR code's modules; drawn as shapes, it stays sharp at every size. */
export function qrModules(text: string): QrModules {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 };
}

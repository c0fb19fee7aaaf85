import type { Symbology } from '../framing/aim.ts';

/** The first byte of DECODE_DATA. All but QR's are one manual's word, unverified here. */
const TYPES: Readonly<Record<number, Symbology>> = {
  1: 'code-39',
  3: 'code-128',
  6: 'itf',
  10: 'ean-8',
  11: 'ean-13',
  17: 'pdf417',
  27: 'data-matrix',
  28: 'qr-code',
  45: 'aztec',
};

const UNNAMED: Symbology = 'other';

export function ssiSymbology(type: number): Symbology {
  return TYPES[type] ?? UNNAMED;
}

/** What kind of code a scan came from, where the scanner says so. */
export type Symbology =
  | 'qr-code'
  | 'data-matrix'
  | 'pdf417'
  | 'code-128'
  | 'code-39'
  | 'ean-13'
  | 'ean-8'
  | 'itf'
  | 'aztec'
  | 'other';

/**
 * Symbology identifier of ISO/IEC 15424: three characters in front of the data.
 *
 * | byte | |
 * |---|---|
 * | 0 | `]` |
 * | 1 | the code's kind, a letter |
 * | 2 | its options, a digit or letter |
 */
export interface AimIdentifier {
  readonly symbology: Symbology;
  /** The kind's letter: small and capital ones are different kinds. */
  readonly kind: string;
  readonly options: string;
}

export const AIM_LENGTH = 3;

/** Kinds that have a name here; of EAN the options tell which. What is not listed is `other`, and no fault. */
const KINDS: Readonly<Record<string, Symbology>> = {
  A: 'code-39',
  C: 'code-128',
  I: 'itf',
  L: 'pdf417',
  Q: 'qr-code',
  d: 'data-matrix',
  z: 'aztec',
};
const EAN_OPTIONS: Readonly<Record<string, Symbology>> = { '0': 'ean-13', '4': 'ean-8' };

const NO_KIND: Symbology = 'other';

/** The identifier that the bytes begin with, or null when they begin with none. */
export function readAimIdentifier(bytes: Uint8Array): AimIdentifier | null {
  const [mark, kindCode, optionsCode] = bytes;
  if (mark === undefined || kindCode === undefined || optionsCode === undefined) return null;
  const kind = String.fromCharCode(kindCode);
  const options = String.fromCharCode(optionsCode);
  if (mark !== 0x5d || !/^[A-Za-z]$/.test(kind) || !/^[0-9A-Za-z]$/.test(options)) return null;
  const symbology = (kind === 'E' ? EAN_OPTIONS[options] : KINDS[kind]) ?? NO_KIND;
  return { symbology, kind, options };
}

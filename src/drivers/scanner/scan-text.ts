import iconv from 'iconv-lite';
import type { ScanEncoding } from '#contract/device.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { AIM_LENGTH, readAimIdentifier, type Symbology } from '../framing/aim.ts';

/** Longest code that is passed on; what a QR code of the largest version holds in alphanumeric mode. */
export const LONGEST_SCAN = 4296;

/** What somebody held in front of the scanner: text, and nothing that anything here may open, call or run. */
export interface ScannedCode {
  readonly text: string;
  /** Null where the scanner does not say. */
  readonly symbology: Symbology | null;
}

/** `no-aim`: the scanner was to say what kind of code it saw, and did not. */
export type ScanFault = 'too-long' | 'not-text' | 'no-aim';

/**
 * Reads one scan. Anybody can hold anything in front of a scanner: what is not well-formed in the scanner's encoding or
 * holds control characters or characters that turn the reading direction is refused.
 */
export function readScan(scan: {
  readonly bytes: Uint8Array;
  readonly encoding: ScanEncoding;
  /** What the scanner said beside the bytes. */
  readonly symbology: Symbology | null;
}): Result<ScannedCode, ScanFault> {
  if (scan.bytes.length > LONGEST_SCAN) return err('too-long');
  const text = decode(scan.bytes, scan.encoding);
  if (text === null || /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text)) return err('not-text');
  return ok({ text, symbology: scan.symbology });
}

/** Reads one scan that begins with its AIM identifier. */
export function readScanWithAim(scan: {
  readonly bytes: Uint8Array;
  readonly encoding: ScanEncoding;
}): Result<ScannedCode, ScanFault> {
  const aim = readAimIdentifier(scan.bytes);
  if (aim === null) return err('no-aim');
  return readScan({
    bytes: scan.bytes.subarray(AIM_LENGTH),
    encoding: scan.encoding,
    symbology: aim.symbology,
  });
}

function decode(bytes: Uint8Array, encoding: ScanEncoding): string | null {
  switch (encoding) {
    case 'utf-8':
      return decodeUtf8(bytes);
    case 'gb18030':
      return decodeGb18030(bytes);
    default:
      return assertNever(encoding);
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // the decoder throws for malformed UTF-8, and for nothing else
  }
}

/**
 * The library puts U+FFFD or worse in place of what is malformed: only what encodes to the very same bytes again is
 * taken. Its table is the one of GB 18030-2005, which has eighteen characters in the private use area that the edition
 * of 2022 has moved out of it.
 */
function decodeGb18030(bytes: Uint8Array): string | null {
  const text = iconv.decode(bytes, 'gb18030', { stripBOM: false });
  if (text.includes('\ufffd')) return null;
  const again = iconv.encode(text, 'gb18030');
  const same = again.equals(bytes);
  again.fill(0);
  return same ? text : null;
}

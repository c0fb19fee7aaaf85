import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/** Longest code that is passed on; what a QR code of the largest version holds in alphanumeric mode. */
export const LONGEST_SCAN = 4296;

/**
 * Reads one scan. Anybody can hold anything in front of a scanner: what is not well-formed UTF-8 or holds control
 * characters or characters that turn the reading direction is refused.
 */
export function readScan(bytes: Uint8Array): Result<string, 'too-long' | 'not-text'> {
  if (bytes.length > LONGEST_SCAN) return err('too-long');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return err('not-text'); // the decoder throws for malformed UTF-8, and for nothing else
  }
  return /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text) ? err('not-text') : ok(text);
}

import type { Result } from '#domain/result.ts';
import type { ScanFault, ScannedCode } from './scan-text.ts';
import { clearNote, note, type ScannerEffect } from './scanner-protocol.ts';

const NO_AIM = 'a code came without its AIM identifier: switch it on in the scanner, or off in the settings';

/** What is done about a code that was read, or could not be. */
export function scanEffects(scan: Result<ScannedCode, ScanFault>): ScannerEffect[] {
  if (scan.ok) {
    // As with lines, nothing at all is no code.
    if (scan.value.text === '') return [];
    return [
      { do: 'count', what: 'frames' },
      clearNote('silence'),
      clearNote('scans'),
      { do: 'scan', code: scan.value },
    ];
  }
  const refused: ScannerEffect[] = [{ do: 'count', what: 'damaged' }, clearNote('silence')];
  return scan.error === 'no-aim'
    ? [...refused, note('scans', NO_AIM), { do: 'refuse', reason: 'not-text' }]
    : [...refused, { do: 'refuse', reason: scan.error }];
}

/** A code of which no end came within the bound. */
export const TOO_LONG: readonly ScannerEffect[] = [
  { do: 'count', what: 'damaged' },
  { do: 'refuse', reason: 'too-long' },
];

export const DAMAGED: ScannerEffect = { do: 'count', what: 'damaged' };

import type { HidPosScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { type HidPosFrame, hidPosFramer } from '../framing/hid-pos.ts';
import { withoutEnding } from '../framing/line.ts';
import { drivenProtocol, framedIntake } from './driven-protocol.ts';
import { DAMAGED, scanEffects, TOO_LONG } from './scan-effects.ts';
import { LONGEST_SCAN, readScan } from './scan-text.ts';
import { clearNote, note, type ScannerEffect, type ScannerProtocol } from './scanner-protocol.ts';
import { toldScanner } from './told-scanner.ts';
import { hidPosTriggerWords } from './trigger-words.ts';

/** Silence after which the rest of a code no longer comes, milliseconds. */
const REPORT_GAP = 1000;
/** Where nothing says whether more follows: silence after which a full report was the last, milliseconds. Unverified. */
const FULL_REPORT_GAP = 100;

/**
 * A scanner that sends its scans in HID reports. Some of Honeywell's need the feature report FE 01 before they do, which
 * the technician's set-up code does for good; this driver does not send it.
 */
export function createHidPosProtocol(device: HidPosScannerDevice): ScannerProtocol {
  const { encoding, layout, trigger } = device;
  const framer = hidPosFramer({ layout, limit: LONGEST_SCAN });
  const gap = layout === 'newland' ? FULL_REPORT_GAP : REPORT_GAP;
  const told = toldScanner(hidPosTriggerWords(trigger));

  function onAnswer(frame: Extract<HidPosFrame, { kind: 'answer' }>, at: number): ScannerEffect[] {
    const { command, verdict } = frame;
    // A part of a longer answer: nothing that was asked for here has one.
    if (verdict === null) return [];
    const refusal = verdict === 'ack' ? null : verdict;
    if (trigger === 'newland') return told.step({ type: 'answered', command, refusal }, at);
    return [
      { do: 'count', what: 'frames' },
      refusal === null ? clearNote('command') : note('command', `the scanner refused a command: ${refusal}`),
    ];
  }

  function onFrame(frame: HidPosFrame, at: number): ScannerEffect[] {
    switch (frame.kind) {
      case 'scan': {
        const { aim } = frame;
        const bytes = withoutEnding(frame.bytes);
        const effects = scanEffects(readScan({ bytes, encoding, symbology: aim?.symbology ?? null }));
        frame.bytes.fill(0);
        return [...effects, ...told.step({ type: 'looked' }, at)];
      }
      case 'answer':
        return onAnswer(frame, at);
      case 'too-long':
        return [...TOO_LONG];
      case 'cut':
      case 'damaged':
        return [DAMAGED];
      default:
        return assertNever(frame);
    }
  }

  return drivenProtocol(framedIntake({ framer, gap, onFrame }), told);
}

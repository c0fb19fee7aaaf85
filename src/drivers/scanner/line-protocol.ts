import type { LineScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { AIM_LENGTH } from '../framing/aim.ts';
import { gapFramer, lineFramer } from '../framing/line.ts';
import { type NewlandFrame, type NewlandFramer, newlandFramer } from '../framing/newland.ts';
import { drivenProtocol, framedIntake } from './driven-protocol.ts';
import { DAMAGED, scanEffects, TOO_LONG } from './scan-effects.ts';
import { LONGEST_SCAN, readScan, readScanWithAim } from './scan-text.ts';
import type { ScannerEffect, ScannerProtocol } from './scanner-protocol.ts';
import { toldScanner } from './told-scanner.ts';
import { lineTriggerWords } from './trigger-words.ts';

/** Silence after which the beginning of a line is no part of what comes next, milliseconds. */
const LINE_GAP = 1000;
/** What the common Chinese modules send in place of a code when they give up. */
const NO_READ = '%%NoRead';

/** A scanner that sends each scan as its characters and an ending. */
export function createLineProtocol(device: LineScannerDevice): ScannerProtocol {
  const { ending, encoding, trigger } = device;
  const limit = LONGEST_SCAN + (device.aimIdentifier ? AIM_LENGTH : 0);
  const lines = ending.kind === 'gap' ? gapFramer({ limit }) : lineFramer({ suffix: ending.suffix, limit });
  const framer: NewlandFramer = trigger === 'newland' ? newlandFramer(lines) : lines;
  const gap = ending.kind === 'gap' ? ending.gapTime : LINE_GAP;
  const told = toldScanner(lineTriggerWords(trigger));

  function read(bytes: Uint8Array): ScannerEffect[] {
    if (trigger === 't-and-p' && String.fromCharCode(...bytes.subarray(0, 20)) === NO_READ) {
      return [{ do: 'count', what: 'frames' }];
    }
    return scanEffects(
      device.aimIdentifier
        ? readScanWithAim({ bytes, encoding })
        : readScan({ bytes, encoding, symbology: null }),
    );
  }

  function onFrame(frame: NewlandFrame, at: number): ScannerEffect[] {
    switch (frame.kind) {
      case 'line': {
        const effects = read(frame.bytes);
        frame.bytes.fill(0);
        return [...effects, ...told.step({ type: 'looked' }, at)];
      }
      case 'answer': {
        const { command, verdict } = frame.answer;
        return told.step({ type: 'answered', command, refusal: verdict === 'ack' ? null : verdict }, at);
      }
      case 'too-long':
        return [...TOO_LONG];
      case 'cut':
        return [DAMAGED];
      default:
        return assertNever(frame);
    }
  }

  return drivenProtocol(framedIntake({ framer, gap, onFrame }), told);
}

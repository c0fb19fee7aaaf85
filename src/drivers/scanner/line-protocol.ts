import type { LineScannerDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { AIM_LENGTH } from '../framing/aim.ts';
import { gapFramer, lineFramer } from '../framing/line.ts';
import { type NewlandFrame, type NewlandFramer, newlandFramer } from '../framing/newland.ts';
import { DAMAGED, scanEffects, TOO_LONG } from './scan-effects.ts';
import { LONGEST_SCAN, readScan, readScanWithAim } from './scan-text.ts';
import { earlier, type ScannerEffect, type ScannerProtocol } from './scanner-protocol.ts';
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
  const silence = ending.kind === 'gap' ? ending.gapTime : LINE_GAP;
  const told = toldScanner(lineTriggerWords(trigger));
  let heardAt = 0;

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

  const silenceDue = () => (framer.begun() ? heardAt + silence : null);

  return {
    handle(event, at) {
      switch (event.type) {
        case 'opened':
        case 'closed':
          framer.reset();
          return told.step(event, at);
        case 'bytes':
          heardAt = at;
          return framer.push(event.bytes).flatMap((frame) => onFrame(frame, at));
        case 'elapsed': {
          const due = silenceDue();
          const frames = due !== null && at >= due ? framer.silence() : [];
          return [...frames.flatMap((frame) => onFrame(frame, at)), ...told.step(event, at)];
        }
        case 'start':
          // What was begun before is not what the citizen is asked for now.
          framer.reset();
          return told.step({ type: 'wanted', what: 'on' }, at);
        case 'stop':
          return told.step({ type: 'wanted', what: 'off' }, at);
        default:
          return assertNever(event);
      }
    },
    due: () => earlier(silenceDue(), told.due()),
  };
}

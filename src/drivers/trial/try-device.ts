import type { Device } from '#contract/device.ts';
import type { Trial, TrialPrompt, TrialStep } from '#contract/device-trial.ts';
import { assertNever } from '#domain/result.ts';
import type { Connector } from '../hub/connector.ts';
import type { Timers } from '../timers.ts';
import { type TrialSteps, trialSteps } from './trial-steps.ts';
import { tryLamp } from './try-lamp.ts';
import { tryPrinter } from './try-printer.ts';
import { tryReader } from './try-reader.ts';
import { tryScanner } from './try-scanner.ts';

/** What a trial does beyond looking whether the device answers. */
export interface TrialWish {
  /** Reads a test card, and says of it only lengths, layout and whether its checks hold. */
  readonly card: boolean;
  /** Waits for one scan. */
  readonly scan: boolean;
  /** Prints a test page. */
  readonly page: boolean;
  /** Milliseconds to wait for somebody to lay a card down or show a code. */
  readonly patience: number;
}

/** What the console asks for: a look at the reader, one scan, no paper. A test card is read when that is wished. */
export const USUAL_WISH: TrialWish = { card: false, scan: true, page: false, patience: 15_000 };

export interface TrialParts {
  readonly connectorFor: (device: Device) => Connector;
  readonly timers: Timers;
  readonly wish: TrialWish;
  readonly steps: TrialSteps;
  /** Says what somebody has to do, at the moment when the trial waits for it. */
  readonly prompt: (prompt: TrialPrompt) => void;
}

/**
 * Tries one device step by step and says of each what was seen, or what to do. Nothing of a card, a code or a slip is
 * kept or told. Whoever else drives the device has to rest meanwhile.
 */
export async function tryDevice(request: {
  readonly device: Device;
  readonly connectorFor: (device: Device) => Connector;
  readonly timers: Timers;
  readonly wish?: TrialWish;
  readonly onStep?: (step: TrialStep) => void;
  readonly onPrompt?: (prompt: TrialPrompt) => void;
}): Promise<Trial> {
  const { device, connectorFor, timers, wish = USUAL_WISH, onStep = () => {}, onPrompt = () => {} } = request;
  const steps = trialSteps({ timers, onStep });
  await perform(device, { connectorFor, timers, wish, steps, prompt: onPrompt });
  const done = [...steps.done()];
  return { device, passed: done.every(({ outcome }) => outcome !== 'failed'), steps: done };
}

function perform(device: Device, parts: TrialParts): Promise<void> {
  switch (device.role) {
    case 'reader':
      return tryReader(device, parts);
    case 'scanner':
      return tryScanner(device, parts);
    case 'printer':
      return tryPrinter(device, parts);
    case 'lamp':
      return tryLamp(device, parts);
    default:
      return assertNever(device);
  }
}

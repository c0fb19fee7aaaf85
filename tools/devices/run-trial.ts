import { type Device, devicePlace } from '#contract/device.ts';
import type { Trial, TrialPrompt, TrialStep } from '#contract/device-trial.ts';
import type { Connector } from '#drivers/hub/connector.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { unconnectable } from '#drivers/hub/unconnectable.ts';
import { systemTimers } from '#drivers/timers.ts';
import { type TrialWish, tryDevice } from '#drivers/trial/try-device.ts';
import type { Output } from './command.ts';

export const connectorHere = (device: Device): Connector =>
  'connection' in device ? systemConnector(device.connection) : unconnectable(device);

/** Tries one device and tells each step as it is done. */
export async function runTrial(request: {
  readonly device: Device;
  readonly wish: TrialWish;
  /** Null when only a program reads what is told. */
  readonly out: Output | null;
  readonly connectorFor?: (device: Device) => Connector;
  /** Whether a recording answers in the device's place: nobody has anything to lay down, to show or to watch. */
  readonly recorded?: boolean;
}): Promise<Trial> {
  const { device, wish, out, connectorFor = connectorHere, recorded = false } = request;
  out?.say(`${device.role}: ${device.model} at ${devicePlace(device)}`);
  if (recorded) out?.say(`  ${FROM_RECORDING}`);
  const trial = await tryDevice({
    device,
    connectorFor,
    timers: systemTimers,
    wish,
    onStep: (step) => out?.say(stepLine(step)),
    onPrompt: (prompt) => {
      if (!recorded) out?.say(`  ${PROMPTS[prompt.ask](prompt.seconds)}`);
    },
  });
  out?.say(trial.passed ? '  passed' : '  FAILED');
  return trial;
}

const FROM_RECORDING =
  "From a recording: cards and codes are filler in it, unless it was a simulated reader's.";

const MARKS: Readonly<Record<TrialStep['outcome'], string>> = {
  passed: 'ok  ',
  failed: 'FAIL',
  skipped: 'skip',
};

export function stepLine({ step, outcome, detail, tookMs }: TrialStep): string {
  return `  ${MARKS[outcome]} ${step.padEnd(14)} ${detail} (${tookMs} ms)`;
}

/** Said when it is to be done. */
const PROMPTS: Readonly<Record<TrialPrompt['ask'], (seconds: number) => string>> = {
  'show-code': (seconds) => `Hold a code in front of the scanner within ${seconds} s.`,
  'lay-card': (seconds) => `Lay a TEST card on the reader within ${seconds} s.`,
  'watch-green-light': () => 'Watch the green light.',
  'watch-amber-light': () => 'Watch the amber light.',
  'watch-red-light': () => 'Watch the red light.',
};

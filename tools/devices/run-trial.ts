import { type Device, devicePlace } from '#contract/device.ts';
import type { Trial, TrialStep } from '#contract/device-trial.ts';
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
}): Promise<Trial> {
  const { device, wish, out, connectorFor = connectorHere } = request;
  out?.say(`${device.role}: ${device.model} at ${devicePlace(device)}`);
  const hint = hintFor(device, wish);
  if (hint !== null) out?.say(`  ${hint}`);
  const trial = await tryDevice({
    device,
    connectorFor,
    timers: systemTimers,
    wish,
    onStep: (step) => out?.say(stepLine(step)),
  });
  out?.say(trial.passed ? '  passed' : '  FAILED');
  return trial;
}

const MARKS: Readonly<Record<TrialStep['outcome'], string>> = {
  passed: 'ok  ',
  failed: 'FAIL',
  skipped: 'skip',
};

export function stepLine({ step, outcome, detail, tookMs }: TrialStep): string {
  return `  ${MARKS[outcome]} ${step.padEnd(14)} ${detail} (${tookMs} ms)`;
}

function hintFor(device: Device, wish: TrialWish): string | null {
  const seconds = Math.round(wish.patience / 1000);
  if (device.role === 'reader' && wish.card) return `Lay a TEST card on the reader within ${seconds} s.`;
  if (device.role === 'scanner' && wish.scan)
    return `Hold a code in front of the scanner within ${seconds} s.`;
  if (device.role === 'lamp') return 'Watch the lights.';
  return null;
}

import { resolve } from 'node:path';
import type { Device } from '#contract/device.ts';
import type { Trial } from '#contract/device-trial.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Connector } from '#drivers/hub/connector.ts';
import { systemTimers } from '#drivers/timers.ts';
import { dryRunConnector } from '#drivers/trial/dry-run.ts';
import { recordingAt } from '#drivers/trial/recording-at.ts';
import { chosenDevices, DEVICE_HELP, DEVICE_OPTIONS } from './chosen-devices.ts';
import { type Command, EXIT, type Options, textOption } from './command.ts';
import { connectorHere, runTrial } from './run-trial.ts';
import { TRIAL_HELP, TRIAL_OPTIONS, wishOf } from './trial-options.ts';

export const test: Command = {
  name: 'test',
  summary: 'tries devices step by step; changes nothing',
  help: `usage: npm run devices -- test --profile ID --path FILE [OPTION]...
       npm run devices -- test --settings FILE [--role ROLE] [OPTION]...
       npm run devices -- test --recording FILE [OPTION]...

Opens the device and asks it what it can be asked. A device that the terminal holds is "held by another program": stop
the terminal first, or use the console's page of devices.

${DEVICE_HELP}
  --recording FILE   or: a recording, tried without its device; cards and codes are filler in it, unless it was a
                     simulated reader's

${TRIAL_HELP}`,
  options: { ...DEVICE_OPTIONS, ...TRIAL_OPTIONS, recording: { type: 'string' } },
  operands: [],
  async run({ options, out }) {
    const wish = wishOf(options);
    const devices = await onTrial(options);
    if (!devices.ok || !wish.ok) {
      if (!wish.ok) out.complain(wish.error);
      if (!devices.ok) for (const sentence of devices.error) out.complain(sentence);
      return EXIT.wrong;
    }
    const trials: Trial[] = [];
    for (const device of devices.value) {
      const told = options.json === true ? null : out;
      trials.push(await runTrial({ ...device, wish: wish.value, out: told }));
    }
    if (options.json === true) out.say(JSON.stringify({ trials }));
    return trials.every(({ passed }) => passed) ? EXIT.well : EXIT.failed;
  },
};

interface OnTrial {
  readonly device: Device;
  readonly connectorFor: (device: Device) => Connector;
  readonly recorded: boolean;
}

async function onTrial(options: Options): Promise<Result<readonly OnTrial[], readonly string[]>> {
  const file = textOption(options, 'recording');
  if (file === null) {
    const devices = await chosenDevices(options);
    return devices.ok
      ? ok(devices.value.map((device) => ({ device, connectorFor: connectorHere, recorded: false })))
      : devices;
  }
  const misplaced = Object.keys(DEVICE_OPTIONS).filter((name) => options[name] !== undefined);
  if (misplaced.length > 0) return err([`--${misplaced.join(', --')}: a recording names its device itself.`]);
  const path = resolve(file);
  const recording = recordingAt({ path, called: path });
  if (!recording.ok) return err([recording.error]);
  const connector = dryRunConnector({ recording: recording.value, timers: systemTimers });
  return ok([{ device: recording.value.device, connectorFor: () => connector, recorded: true }]);
}

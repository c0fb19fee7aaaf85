import type { Trial } from '#contract/device-trial.ts';
import { chosenDevices, DEVICE_HELP, DEVICE_OPTIONS } from './chosen-devices.ts';
import { type Command, EXIT } from './command.ts';
import { runTrial } from './run-trial.ts';
import { TRIAL_HELP, TRIAL_OPTIONS, wishOf } from './trial-options.ts';

export const test: Command = {
  name: 'test',
  summary: 'tries devices step by step; changes nothing',
  help: `usage: npm run devices -- test --profile ID --path FILE [OPTION]...
       npm run devices -- test --settings FILE [--role ROLE] [OPTION]...

Opens the device and asks it what it can be asked. A device that the terminal holds is "held by another program": stop
the terminal first, or use the console's page of devices.

${DEVICE_HELP}

${TRIAL_HELP}`,
  options: { ...DEVICE_OPTIONS, ...TRIAL_OPTIONS },
  operands: [],
  async run({ options, out }) {
    const wish = wishOf(options);
    const devices = await chosenDevices(options);
    if (!devices.ok || !wish.ok) {
      if (!wish.ok) out.complain(wish.error);
      if (!devices.ok) for (const sentence of devices.error) out.complain(sentence);
      return EXIT.wrong;
    }
    const trials: Trial[] = [];
    for (const device of devices.value) {
      const told = options.json === true ? null : out;
      trials.push(await runTrial({ device, wish: wish.value, out: told }));
    }
    if (options.json === true) out.say(JSON.stringify({ trials }));
    return trials.every(({ passed }) => passed) ? EXIT.well : EXIT.failed;
  },
};

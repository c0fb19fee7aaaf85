import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '#contract/device.ts';
import { withDevice } from '#station/devices/device-change.ts';
import { DEVICE_LIST_FILE, writeDeviceList } from '#station/devices/device-list-store.ts';
import { chosenDevice, DEVICE_HELP, DEVICE_OPTIONS, devicesOfTerminal } from './chosen-devices.ts';
import { type Command, EXIT, type Output, textOption } from './command.ts';
import { profileFolder } from './profile-folder.ts';
import { runTrial } from './run-trial.ts';
import { TRIAL_HELP, TRIAL_OPTIONS, wishOf } from './trial-options.ts';

const { role: _role, ...OPTIONS } = DEVICE_OPTIONS;

export const save: Command = {
  name: 'save',
  summary: "tries a device and, when it passes, puts it into the terminal's list",
  help: `usage: npm run devices -- save --settings FILE --profile ID --path FILE [OPTION]...

Tries the device first. When the trial passes, the device takes the place of the one of its role in the terminal's list
(${DEVICE_LIST_FILE} in its data folder), which holds from the terminal's next start on. When it fails, the list stays as
it was. Run it as the user whom the data folder belongs to.
  --settings FILE    the settings of the terminal; they name its data folder

${DEVICE_HELP.replace(/^ {2}--(settings|role).*\n/gm, '')}

${TRIAL_HELP}`,
  options: { ...OPTIONS, ...TRIAL_OPTIONS },
  operands: [],
  async run({ options, out }) {
    const file = textOption(options, 'settings');
    const wish = wishOf(options);
    const device = await chosenDevice({ ...options, settings: undefined });
    const terminal =
      file === null
        ? null
        : await devicesOfTerminal({ settings: file, profileFolder: profileFolder(options) });
    if (terminal === null)
      out.complain('Say whose list it is: --settings with the settings of the terminal.');
    if (!wish.ok) out.complain(wish.error);
    for (const part of [device, terminal])
      if (part?.ok === false) for (const sentence of part.error) out.complain(sentence);
    if (!wish.ok || !device.ok || !terminal?.ok) return EXIT.wrong;
    const { dataFolder, devices } = terminal.value;
    const objection = objectionTo(dataFolder);
    if (objection !== null) {
      out.complain(objection);
      return EXIT.wrong;
    }
    const json = options.json === true;
    const trial = await runTrial({ device: device.value, wish: wish.value, out: json ? null : out });
    const saved = trial.passed && write({ dataFolder, devices, device: device.value, out });
    if (json) out.say(JSON.stringify({ trial, saved }));
    else if (saved)
      out.say(`Saved: ${join(dataFolder, DEVICE_LIST_FILE)}. It holds from the terminal's next start on.`);
    else if (!trial.passed) out.complain('Nothing was saved: the list is as it was.');
    return saved ? EXIT.well : EXIT.failed;
  },
};

function write(order: {
  readonly dataFolder: string;
  readonly devices: readonly Device[];
  readonly device: Device;
  readonly out: Output;
}): boolean {
  const { dataFolder, devices, device, out } = order;
  const written = writeDeviceList({ dataFolder, devices: withDevice(devices, device) });
  if (!written.ok) for (const sentence of written.error.sentences) out.complain(sentence);
  return written.ok;
}

/** A list that belongs to somebody else could not be read by the terminal. */
function objectionTo(dataFolder: string): string | null {
  try {
    const { uid } = statSync(dataFolder);
    const own = process.getuid?.();
    return own === undefined || own === uid
      ? null
      : `${dataFolder} belongs to another user: run this as that one (sudo -u eid-terminal npm run devices -- save …).`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return `${dataFolder}: the data folder cannot be read (${code}); the terminal makes it at its first start.`;
  }
}

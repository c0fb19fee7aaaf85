import { listAttachedHere } from '#drivers/hub/list-attached-here.ts';
import { type Command, EXIT } from './command.ts';
import { PROFILE_FOLDER, profileFolder } from './profile-folder.ts';
import { table } from './table.ts';

export const list: Command = {
  name: 'list',
  summary: 'serial ports and HID interfaces of this machine, and the profiles made for them',
  help: `usage: npm run devices -- list [--json] [--profiles FOLDER]

Lists what is attached without opening it. "path" is what a device's settings name; the names below
/dev/serial stay the same over every restart; one below by-path belongs to the socket, for
a device without a serial number that tells it from its like. Keyboards, mice and pseudo-terminals are left out.
  --json             for programs
  ${PROFILE_FOLDER}`,
  options: { json: { type: 'boolean' }, profiles: { type: 'string' } },
  operands: [],
  async run({ options, out }) {
    const { devices, trouble } = listAttachedHere(profileFolder(options));
    if (options.json === true) out.say(JSON.stringify({ devices, trouble }));
    else if (devices.length === 0) out.say('No serial port and no HID device is attached.');
    else {
      const rows = devices.map(({ transport, path, usb, label, profiles }) => [
        transport,
        path,
        usb === null ? '-' : `${usb.vendorId}:${usb.productId}`,
        label === '' ? '-' : label,
        profiles.length === 0 ? '-' : profiles.join(', '),
      ]);
      for (const line of table([['by', 'path', 'USB', 'name', 'profiles'], ...rows])) out.say(line);
    }
    if (trouble !== null && options.json !== true) out.complain(trouble);
    return trouble === null ? EXIT.well : EXIT.failed;
  },
};

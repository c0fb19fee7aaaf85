import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { AttachedDevice } from '#contract/device-trial.ts';
import { type AttachedPort, readAttachedPorts } from './attached-port.ts';

/** Most devices that one list holds, and characters of what is said about it. */
const MOST_LISTED = 200;
const LONGEST_TROUBLE = 400;

export interface AttachedList {
  readonly devices: AttachedDevice[];
  /** What could not be listed and why; null when all was. */
  readonly trouble: string | null;
}

/**
 * Every serial port and HID interface of this machine, but for what people type and point with. `root` is `/` but for
 * tests; `profilesFor` names the profiles that are made for a device.
 */
export function listAttached(options: {
  readonly root: string;
  readonly profilesFor: (device: Omit<AttachedDevice, 'profiles'>) => readonly string[];
}): AttachedList {
  const { root, profilesFor } = options;
  const serial = readAttachedPorts(root, 'serial');
  const hid = readAttachedPorts(root, 'hid');
  const byId = readLinks(join(root, 'dev/serial/by-id'));
  const byPath = readLinks(join(root, 'dev/serial/by-path'));
  const all = [...serial.ports, ...hid.ports].filter(({ inputDevice }) => !inputDevice);
  const troubles = [...serial.troubles, ...hid.troubles, ...byId.troubles, ...byPath.troubles];
  if (all.length > MOST_LISTED) troubles.push(`only ${MOST_LISTED} of ${all.length} devices are listed`);
  return {
    devices: all.slice(0, MOST_LISTED).map((port) => {
      const { transport, file, usb, label } = port;
      const lasting = byId.links.get(file) ?? file;
      // What is known of a model names it by what its descriptors say, wherever it is plugged in.
      const profiles = [...profilesFor({ transport, path: lasting, usb, label })];
      const socket = isUnnumbered(port) ? byPath.links.get(file) : undefined;
      return socket === undefined
        ? { transport, path: lasting, usb, label, profiles }
        : {
            transport,
            path: socket,
            usb,
            label: `${label} (no serial number: named by its socket)`,
            profiles,
          };
    }),
    trouble: troubles.length === 0 ? null : troubles.join('; ').slice(0, LONGEST_TROUBLE),
  };
}

/** Two of a kind without serial numbers want the same name of udev, which leads to the one that came last. */
function isUnnumbered({ usb }: AttachedPort): boolean {
  return usb !== null && usb.serialNumber === undefined;
}

/** The lasting names that udev gives to serial ports in a folder, by the device file each leads to. */
function readLinks(folder: string): {
  readonly links: ReadonlyMap<string, string>;
  readonly troubles: readonly string[];
} {
  const links = new Map<string, string>();
  const troubles: string[] = [];
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    // The folder is there only while a port with a lasting name is.
    if (!isMissing(error)) troubles.push(`lasting names cannot be read: ${String(error)}`);
  }
  for (const name of names.toSorted()) {
    try {
      const file = realpathSync(join(folder, name));
      if (!links.has(file)) links.set(file, join(folder, name));
    } catch (error) {
      // A link to what was pulled a moment ago.
      if (!isMissing(error)) troubles.push(`${name} leads nowhere: ${String(error)}`);
    }
  }
  return { links, troubles };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';
}

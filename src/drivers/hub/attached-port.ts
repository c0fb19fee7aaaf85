import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UsbIdentity } from '#contract/device.ts';
import { isKeyboardOrMouse } from './hid-usage.ts';

/** A serial port or HID interface as the kernel tells of it in sysfs. */
export interface AttachedPort {
  readonly transport: 'serial' | 'hid';
  /** `/dev/ttyUSB0`, `/dev/hidraw2`. */
  readonly file: string;
  readonly usb: UsbIdentity | null;
  /** Maker and product, else the port's name. */
  readonly label: string;
  /** What people type and point with: listed nowhere, opened never. */
  readonly inputDevice: boolean;
}

export interface AttachedPorts {
  readonly ports: readonly AttachedPort[];
  /** What could not be read and why, one sentence each. */
  readonly troubles: readonly string[];
}

/**
 * Where the kernel tells of ports. Behind `device` stands the interface; the USB device is one of the folders above it.
 *
 * | class | entries | node |
 * |---|---|---|
 * | `/sys/class/tty` | all terminals; a port has `device`, and a `type` other than 0 where it has one | `/dev/<name>` |
 * | `/sys/class/hidraw` | one for each HID interface | `/dev/<name>` |
 */
const CLASSES = {
  serial: { folder: 'sys/class/tty', named: 'serial ports' },
  hid: { folder: 'sys/class/hidraw', named: 'HID devices' },
} as const;

/** Entries of one class that are looked at. */
const MOST_ENTRIES = 1000;
/** Folders between an interface and its USB device. */
const DEEPEST = 8;
/** Longest text in a USB descriptor, characters. */
const LONGEST_DESCRIPTOR = 126;

/** Reads what is attached now. `root` is `/` but for tests. */
export function readAttachedPorts(root: string, transport: AttachedPort['transport']): AttachedPorts {
  const { folder, named } = CLASSES[transport];
  let names: readonly string[];
  try {
    names = readdirSync(join(root, folder));
  } catch (error) {
    // A kernel that has met no HID device has no folder for them.
    if (transport === 'hid' && isGone(error)) return { ports: [], troubles: [] };
    return { ports: [], troubles: [`the ${named} cannot be listed: ${wordsOf(error)}`] };
  }
  const ports: AttachedPort[] = [];
  const troubles: string[] = [];
  for (const name of names.toSorted(byNumber).slice(0, MOST_ENTRIES)) {
    try {
      const port = readPort(root, transport, name);
      if (port !== null) ports.push(port);
    } catch (error) {
      // Pulled while we were looking: it is not attached any more.
      if (!isGone(error)) troubles.push(`${name} cannot be looked at: ${wordsOf(error)}`);
    }
  }
  return { ports, troubles };
}

function readPort(root: string, transport: AttachedPort['transport'], name: string): AttachedPort | null {
  const entry = join(root, CLASSES[transport].folder, name);
  const link = join(entry, 'device');
  if (!existsSync(link)) return null;
  // The kernel keeps places for ports that the board does not have.
  if (transport === 'serial' && textOf(join(entry, 'type')) === '0') return null;
  const folder = usbFolder(realpathSync(link));
  const words =
    folder === null ? '' : `${descriptor(folder, 'manufacturer')} ${descriptor(folder, 'product')}`;
  return {
    transport,
    file: join(root, 'dev', name),
    usb: folder === null ? null : usbIdentity(folder),
    label: words.trim() === '' ? name : words.trim(),
    inputDevice: transport === 'hid' && isKeyboardOrMouse(readFileSync(join(link, 'report_descriptor'))),
  };
}

function usbFolder(device: string): string | null {
  let folder = device;
  for (let level = 0; level < DEEPEST; level += 1) {
    if (existsSync(join(folder, 'idVendor'))) return folder;
    folder = dirname(folder);
  }
  return null;
}

function usbIdentity(folder: string): UsbIdentity | null {
  const vendorId = textOf(join(folder, 'idVendor'));
  const productId = textOf(join(folder, 'idProduct'));
  if (!/^[0-9a-f]{4}$/.test(vendorId) || !/^[0-9a-f]{4}$/.test(productId)) return null;
  const serialNumber = descriptor(folder, 'serial');
  return serialNumber === '' ? { vendorId, productId } : { vendorId, productId, serialNumber };
}

/** Whoever built the device chose these words: they hold nothing that a screen or terminal would obey. */
function descriptor(folder: string, name: string): string {
  const words = textOf(join(folder, name)).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, ' ');
  return words.slice(0, LONGEST_DESCRIPTOR).trim();
}

/** A file of sysfs as its one line; empty where the device has no such file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO' || code === 'ENOTDIR';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const order = new Intl.Collator('en', { numeric: true });
/** `ttyUSB2` before `ttyUSB10`. */
function byNumber(a: string, b: string): number {
  return order.compare(a, b);
}

import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UsbIdentity } from '#contract/device.ts';
import { bytes } from '../bytes.ts';

/** What a device is plugged in as. */
export interface Plugged {
  /** `ttyUSB0`, `hidraw1`. */
  readonly name: string;
  /** Null for a port of the board itself. */
  readonly usb: UsbIdentity | null;
  readonly manufacturer?: string;
  readonly product?: string;
  /** Name below `/dev/serial/by-id`. */
  readonly byId?: string;
  /** Name below `/dev/serial/by-path`. */
  readonly byPath?: string;
  /** Of a HID interface; vendor-defined unless given. */
  readonly descriptor?: Uint8Array;
  /** A serial port's `type`; 0 where the board has none. */
  readonly type?: string;
  /** Whether its file is made too; a device that a test brings itself has one already. */
  readonly file?: boolean;
}

/** Usage page FF00 (vendor's own), usage 01, collection. */
export const VENDOR_DESCRIPTOR = bytes('06 00 FF 09 01 A1 01 C0');
/** Generic desktop, keyboard. */
export const KEYBOARD_DESCRIPTOR = bytes('05 01 09 06 A1 01 05 07 C0');

/** Folders like `/sys` and `/dev` of a machine, with its links. */
export function machineFolder(root: string) {
  const real = realpathSync(root);
  for (const folder of ['dev', 'sys/class/tty', 'sys/class/hidraw', 'sys/devices']) {
    mkdirSync(join(real, folder), { recursive: true });
  }
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(real, file)), { recursive: true });
    writeFileSync(join(real, file), content);
  };
  const classOf = (name: string) => (name.startsWith('hidraw') ? 'hidraw' : 'tty');

  return {
    root: real,
    plug(device: Plugged) {
      const { name, usb } = device;
      const board = `sys/devices/${usb === null ? 'pnp0/00:05' : `pci0000:00/usb1/1-${name}`}`;
      const port = usb === null ? board : `${board}/1-${name}:1.0/${name}`;
      const entry = `${port}/${classOf(name)}/${name}`;
      if (usb !== null) {
        write(`${board}/idVendor`, `${usb.vendorId}\n`);
        write(`${board}/idProduct`, `${usb.productId}\n`);
        if (usb.serialNumber !== undefined) write(`${board}/serial`, `${usb.serialNumber}\n`);
        if (device.manufacturer !== undefined) write(`${board}/manufacturer`, `${device.manufacturer}\n`);
        if (device.product !== undefined) write(`${board}/product`, `${device.product}\n`);
      }
      mkdirSync(join(real, entry), { recursive: true });
      if (device.type !== undefined) write(`${entry}/type`, `${device.type}\n`);
      if (classOf(name) === 'hidraw') {
        write(`${port}/report_descriptor`, device.descriptor ?? VENDOR_DESCRIPTOR);
      }
      symlinkSync('../..', join(real, entry, 'device'));
      symlinkSync(join('../..', entry.slice('sys/'.length)), join(real, 'sys/class', classOf(name), name));
      if (device.file !== false) write(`dev/${name}`, '');
      for (const [kind, link] of [
        ['by-id', device.byId],
        ['by-path', device.byPath],
      ] as const) {
        const links = join(real, 'dev/serial', kind);
        if (link === undefined) continue;
        mkdirSync(links, { recursive: true });
        // Two devices that want one name: udev gives it to the last.
        rmSync(join(links, link), { force: true });
        symlinkSync(`../../${name}`, join(links, link));
      }
    },
    /** Takes away what {@link plug} made, but for a lasting name. */
    unplug(name: string) {
      rmSync(join(real, 'sys/class', classOf(name), name), { force: true });
      rmSync(join(real, 'sys/devices/pci0000:00/usb1', `1-${name}`), { recursive: true, force: true });
      rmSync(join(real, 'dev', name), { force: true });
    },
  };
}

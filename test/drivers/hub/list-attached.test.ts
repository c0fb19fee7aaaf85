import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { AttachedDeviceSchema } from '#contract/device-trial.ts';
import { listAttached } from '#drivers/hub/list-attached.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { KEYBOARD_DESCRIPTOR, machineFolder } from './machine-folder.ts';

const CH340 = { vendorId: '1a86', productId: '7523' } as const;
const SDT_HID = { vendorId: '2b8b', productId: '2721', serialNumber: 'A1' } as const;

const list = (root: string) => listAttached({ root, profilesFor: ({ transport }) => [`for-${transport}`] });

describe('the list of what is attached', () => {
  it('names serial ports by their lasting names and HID interfaces by their files, with what fits them', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'ttyS0', usb: null, type: '4' });
    machine.plug({
      name: 'ttyUSB0',
      usb: CH340,
      product: 'USB2.0-Ser!',
      manufacturer: '1a86',
      byId: 'usb-1a86-if00',
    });
    machine.plug({ name: 'hidraw0', usb: SDT_HID, manufacturer: '某某', product: 'ID reader' });
    expect(list(machine.root)).toEqual({
      devices: [
        {
          transport: 'serial',
          path: join(machine.root, 'dev/ttyS0'),
          usb: null,
          label: 'ttyS0',
          profiles: ['for-serial'],
        },
        {
          transport: 'serial',
          path: join(machine.root, 'dev/serial/by-id/usb-1a86-if00'),
          usb: CH340,
          label: '1a86 USB2.0-Ser!',
          profiles: ['for-serial'],
        },
        {
          transport: 'hid',
          path: join(machine.root, 'dev/hidraw0'),
          usb: SDT_HID,
          label: '某某 ID reader',
          profiles: ['for-hid'],
        },
      ],
      trouble: null,
    });
  });

  it('names an adapter without a serial number by its socket: a second one would take over its name', () => {
    const machine = machineFolder(temporaryFolder());
    for (const [index, name] of ['ttyUSB0', 'ttyUSB1'].entries())
      machine.plug({
        ...{ name, usb: CH340, product: 'USB Serial', byId: 'usb-1a86_USB_Serial-if00-port0' },
        byPath: `pci-0000:00:14.0-usb-0:${index + 1}:1.0-port0`,
      });
    const numbered = { ...CH340, serialNumber: 'A1' };
    machine.plug({ name: 'ttyUSB2', usb: numbered, byId: 'usb-1a86_A1', byPath: 'pci-usb-0:3:1.0-port0' });
    const { devices } = list(machine.root);
    expect(devices.map(({ path }) => path.slice(machine.root.length))).toEqual([
      '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0',
      '/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0',
      '/dev/serial/by-id/usb-1a86_A1',
    ]);
    expect(devices.map(({ label }) => label)).toEqual([
      'USB Serial (no serial number: named by its socket)',
      'USB Serial (no serial number: named by its socket)',
      'ttyUSB2',
    ]);
  });

  it('finds the profiles of an adapter by what udev calls it, wherever it is plugged in', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'ttyUSB0', usb: CH340, byId: 'usb-1a86-if00', byPath: 'pci-usb-0:1:1.0-port0' });
    const { devices } = listAttached({ root: machine.root, profilesFor: ({ path }) => [basename(path)] });
    expect(devices[0]?.profiles).toEqual(['usb-1a86-if00']);
  });

  it('holds no terminals, no ports that the board does not have, and nothing to type or point with', () => {
    const machine = machineFolder(temporaryFolder());
    mkdirSync(join(machine.root, 'sys/class/tty/tty1'));
    machine.plug({ name: 'ttyS3', usb: null, type: '0' });
    machine.plug({ name: 'hidraw0', usb: SDT_HID, descriptor: KEYBOARD_DESCRIPTOR });
    expect(list(machine.root)).toEqual({ devices: [], trouble: null });
  });

  it('is in the order of the ports’ numbers', () => {
    const machine = machineFolder(temporaryFolder());
    for (const name of ['ttyUSB10', 'ttyUSB2', 'ttyACM0']) machine.plug({ name, usb: CH340 });
    expect(list(machine.root).devices.map(({ path }) => path.split('/').at(-1))).toEqual([
      'ttyACM0',
      'ttyUSB2',
      'ttyUSB10',
    ]);
  });

  it('shows nothing of what a device’s maker put among its words to fool a screen', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({
      name: 'hidraw0',
      usb: { ...SDT_HID, serialNumber: '\u0007 7 \u202e' },
      product: `\u001b[2Jgood\u202e${'x'.repeat(1000)}`,
    });
    machine.plug({ name: 'hidraw1', usb: { vendorId: '2b8B', productId: '../..' } });
    const { devices } = list(machine.root);
    expect(devices[0]?.usb?.serialNumber).toBe('7');
    expect(devices[0]?.label).toMatch(/^\[2Jgood x+$/);
    expect(devices[1]?.usb).toBeNull();
    expect(devices.every((device) => v.is(AttachedDeviceSchema, device))).toBe(true);
  });

  it('leaves out what was pulled while we looked', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'hidraw0', usb: SDT_HID });
    machine.plug({ name: 'ttyUSB0', usb: CH340 });
    rmSync(join(machine.root, 'sys/devices'), { recursive: true });
    symlinkSync('../../ttyUSB7', join(makeById(machine.root), 'usb-gone'));
    expect(list(machine.root)).toEqual({ devices: [], trouble: null });
  });

  it('says what cannot be listed, and lists the rest', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'hidraw0', usb: SDT_HID });
    rmSync(join(machine.root, 'sys/class/tty'), { recursive: true });
    const { devices, trouble } = list(machine.root);
    expect(devices).toHaveLength(1);
    expect(trouble).toMatch(/^the serial ports cannot be listed: ENOENT/);
  });

  it('says which device cannot be looked at', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'hidraw0', usb: SDT_HID });
    machine.plug({ name: 'hidraw1', usb: SDT_HID });
    const descriptor = join(machine.root, 'sys/class/hidraw/hidraw0/device/report_descriptor');
    rmSync(descriptor);
    mkdirSync(descriptor);
    const { devices, trouble } = list(machine.root);
    expect(devices.map(({ path }) => path)).toEqual([join(machine.root, 'dev/hidraw1')]);
    expect(trouble).toMatch(/^hidraw0 cannot be looked at: EISDIR/);
  });

  it('is bounded, and says what it leaves out', () => {
    const machine = machineFolder(temporaryFolder());
    for (let index = 0; index < 210; index += 1) machine.plug({ name: `hidraw${index}`, usb: SDT_HID });
    const { devices, trouble } = list(machine.root);
    expect(devices).toHaveLength(200);
    expect(trouble).toBe('only 200 of 210 devices are listed');
  });

  it('needs no folder for HID devices: a kernel that has met none has none', () => {
    const machine = machineFolder(temporaryFolder());
    rmSync(join(machine.root, 'sys/class/hidraw'), { recursive: true });
    expect(list(machine.root)).toEqual({ devices: [], trouble: null });
  });
});

function makeById(root: string): string {
  const folder = join(root, 'dev/serial/by-id');
  mkdirSync(folder, { recursive: true });
  return folder;
}

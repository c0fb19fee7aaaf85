import { describe, expect, it } from 'vitest';
import { findByUsb, isUsable } from '#drivers/hub/find-device.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { KEYBOARD_DESCRIPTOR, machineFolder } from './machine-folder.ts';

const NUMBERS = { vendorId: '2b8b', productId: '2721' } as const;

describe('finding a device by its USB numbers', () => {
  it('takes the first that fits, of its transport', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'ttyUSB0', usb: NUMBERS });
    machine.plug({ name: 'hidraw0', usb: { ...NUMBERS, productId: '0001' } });
    machine.plug({ name: 'hidraw10', usb: NUMBERS });
    machine.plug({ name: 'hidraw9', usb: NUMBERS });
    const find = (transport: 'serial' | 'hid') => findByUsb({ root: machine.root, transport, usb: NUMBERS });
    expect([find('serial'), find('hid')]).toEqual([
      `${machine.root}/dev/ttyUSB0`,
      `${machine.root}/dev/hidraw9`,
    ]);
  });

  it('takes the one with that serial number, and no other', () => {
    const machine = machineFolder(temporaryFolder());
    const find = (serialNumber: string) =>
      findByUsb({ root: machine.root, transport: 'serial', usb: { ...NUMBERS, serialNumber } });
    machine.plug({ name: 'ttyUSB0', usb: { ...NUMBERS, serialNumber: 'left' } });
    machine.plug({ name: 'ttyUSB1', usb: { ...NUMBERS, serialNumber: 'right' } });
    machine.plug({ name: 'ttyUSB2', usb: NUMBERS });
    expect([find('right'), find('RIGHT'), find('')]).toEqual([`${machine.root}/dev/ttyUSB1`, null, null]);
  });

  it('finds the interface of a scanner that scans, not the one that types', () => {
    const machine = machineFolder(temporaryFolder());
    machine.plug({ name: 'hidraw0', usb: NUMBERS, descriptor: KEYBOARD_DESCRIPTOR });
    machine.plug({ name: 'hidraw1', usb: NUMBERS });
    expect(findByUsb({ root: machine.root, transport: 'hid', usb: NUMBERS })).toBe(
      `${machine.root}/dev/hidraw1`,
    );
  });

  it('finds nothing where nothing is', () => {
    const root = temporaryFolder();
    expect(findByUsb({ root, transport: 'hid', usb: NUMBERS })).toBeNull();
    expect(isUsable(`${root}/dev/hidraw0`)).toBe(false);
    expect(isUsable('/dev/null')).toBe(true);
  });
});

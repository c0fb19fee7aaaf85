import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wayOf } from '#contract/device-profile.ts';
import { loadProfiles } from '#drivers/profiles/load-profiles.ts';
import { comparedBy, parseRules, setBy } from './udev-rules.ts';

const folder = resolve(import.meta.dirname, '../../../resources/udev');
const [file = ''] = readdirSync(folder);
const rules = parseRules(readFileSync(join(folder, file), 'utf8'));
const devices = rules.filter((rule) => 'SUBSYSTEM' in comparedBy(rule));
const canVerify = spawnSync('udevadm', ['verify', '--help']).status === 0;

describe('the device rules', () => {
  it('come after those that give devices to whoever is logged in, and before those that act on it', () => {
    const order = ['70-uaccess.rules', file, '73-seat-late.rules'];
    expect(order.toSorted()).toEqual(order);
  });

  it('leave a device that goes away alone', () => {
    expect(rules[0]?.map(({ key, value }) => [key, value])).toEqual([
      ['ACTION', 'remove'],
      ['GOTO', 'eid_terminal_end'],
    ]);
    expect(rules.at(-1)?.map(({ key, value }) => [key, value])).toEqual([['LABEL', 'eid_terminal_end']]);
    expect(devices).toHaveLength(rules.length - 2);
  });

  it('give every serial line, HID device and camera to the terminal’s group, and to nobody else', () => {
    const ours = devices.filter((rule) => comparedBy(rule).SUBSYSTEM !== 'block');
    expect(ours.length).toBeGreaterThan(8);
    for (const rule of ours) {
      expect(setBy(rule)).toMatchObject({ 'GROUP=': 'eid-terminal', 'MODE=': '0660', 'TAG-=': 'uaccess' });
    }
  });

  it('keep the modem manager from talking to readers and scanners', () => {
    for (const rule of devices.filter((one) => comparedBy(one).SUBSYSTEM === 'tty')) {
      expect(setBy(rule)).toMatchObject({ 'ENV{ID_MM_DEVICE_IGNORE}=': '1' });
    }
  });

  it('cover every model that a shipped profile knows by its USB numbers', () => {
    const profiles = loadProfiles(resolve(import.meta.dirname, '../../../resources/profiles'));
    if (!profiles.ok) throw new Error(JSON.stringify(profiles.error));
    const subsystems = { serial: 'tty', hid: 'hidraw' } as const;
    const models = profiles.value.flatMap((profile) => {
      const way = wayOf(profile);
      if (way !== 'serial' && way !== 'hid') return [];
      return profile.match.flatMap((match) =>
        match.by === 'usb' ? [{ ...match, id: profile.id, subsystem: subsystems[way] }] : [],
      );
    });
    expect(models.length).toBeGreaterThan(5);
    const uncovered = models.filter(({ vendorId, productId, subsystem }) =>
      devices.map(comparedBy).every((rule) => {
        const product = rule['ATTRS{idProduct}'];
        const covers = product === undefined || product === productId;
        return rule.SUBSYSTEM !== subsystem || rule['ATTRS{idVendor}'] !== vendorId || !covers;
      }),
    );
    expect(uncovered.map(({ id }) => id)).toEqual([]);
  });

  it('name models by four hexadecimal digits in small letters, as the kernel writes them', () => {
    const numbers = devices.flatMap((rule) =>
      Object.entries(comparedBy(rule)).filter(([key]) => key.startsWith('ATTRS{id')),
    );
    expect(numbers.filter(([, value]) => !/^[0-9a-f]{4}$/.test(value))).toEqual([]);
  });

  it('name no model twice', () => {
    const models = devices.map((rule) => JSON.stringify(comparedBy(rule)));
    expect(new Set(models).size).toBe(models.length);
  });

  it('mount no drive that somebody plugs in', () => {
    const drives = devices.filter((rule) => comparedBy(rule).SUBSYSTEM === 'block');
    expect(drives.map(setBy)).toEqual([
      { 'ENV{UDISKS_IGNORE}=': '1', 'ENV{UDISKS_AUTO}=': '0', 'TAG-=': 'uaccess' },
    ]);
  });

  it.each([
    ['SUBSYSTEM="tty", GROUP="x"', 'an assignment where a comparison belongs'],
    ['SUBSYSTEM=="tty", GRUOP="x"', 'a misspelt key'],
    ['SUBSYSTEM=="tty", MODE==0660', 'a value without quotes'],
    ['SUBSYSTEM=="tty", RUN+="/bin/sh"', 'a program'],
  ])('would not be understood with %s: %s', (line) => {
    expect(() => parseRules(`# head\n${line}\n`)).toThrow('line 2');
  });

  // systemd 254 and later; Debian 12 has 252.
  it.skipIf(!canVerify)('are understood by udev itself', () => {
    const { status, stderr } = spawnSync('udevadm', ['verify', join(folder, file)], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFileFault } from '#contract/checked-json.ts';
import { type DeviceProfile, deviceFromProfile, notedFields } from '#contract/device-profile.ts';
import { loadProfile, loadProfiles } from '#drivers/profiles/load-profiles.ts';
import { matchesName, matchProfiles } from '#drivers/profiles/match-profiles.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { PROFILES, shippedProfile, shippedProfiles } from './shipped-profiles.ts';

const GOOD = readFileSync(join(PROFILES, 'sdt-serial.json'), 'utf8');

/** What is said of a profile's file with this text. */
function complaints(text: string, name = 'sdt-serial.json'): readonly string[] {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  const read = loadProfile(file);
  return read.ok ? [] : read.error.map(describeFileFault).map((one) => one.slice(file.length));
}

describe('the profiles that are shipped', () => {
  it('name the models a hall may have, each in a file named for its id', () => {
    expect(shippedProfiles().map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'sdt-serial',
        'sdt-hid',
        'sdt-tcp',
        'honeywell-serial',
        'honeywell-1400g-hid',
        'intermec-sg20-hid',
        'newland-serial',
        'newland-hid',
        'zebra-ssi',
        'datalogic-serial',
        'zkteco-zkb200',
        't-and-p-module',
        'escpos-58mm',
        'escpos-80mm',
        'lcus-relay',
        'modbus-relay',
      ]),
    );
  });

  it.each(shippedProfiles().map((profile) => [profile.id, profile] as const))(
    '%s says of every field whether it is verified, and of no other',
    (_, profile) => {
      expect(Object.keys(profile.notes).toSorted()).toEqual(notedFields(profile).toSorted());
    },
  );
});

describe('a profile', () => {
  it.each([
    [
      'without a note on its rate',
      GOOD.replace('"device.connection.baudRate"', '"device.connection.rate"'),
      [
        /^:10: device\.connection\.baudRate: has no note: "notes" must say "device\.connection\.baudRate"$/,
        /^:\d+: notes\.device\.connection\.rate: is a note on a field that there is not$/,
      ],
    ],
    [
      'with a rate that no reader has',
      GOOD.replace('115200', '1200'),
      [/^:\d+: device\.connection\.baudRate: /],
    ],
    [
      'with a protocol nobody speaks',
      GOOD.replace('"protocol": "sdt"', '"protocol": "usb"'),
      [/device\.protocol/],
    ],
    [
      'that says where it is plugged in',
      GOOD.replace('"transport"', '"path": "/dev/ttyUSB0", "transport"'),
      [/^:\d+: device\.connection\.path: is no part of a profile$/],
    ],
    [
      'without a transport',
      GOOD.replace('"transport": "serial"', '"transport": "radio"'),
      [/^:6: device: must name connection\.transport, or the protocol "cups"$/],
    ],
    [
      'with a field too many',
      GOOD.replace('"id"', '"size": 1, "id"'),
      [/^:2: size: there is no setting of this name/],
    ],
    ['with half its text', GOOD.slice(0, 300), [/not JSON/]],
    [
      'with another id than its file',
      GOOD.replace('"sdt-serial"', '"sdt-other"'),
      [/^:2: id: .*"sdt-other\.json"/],
    ],
  ])('%s is refused with line and reason', (_, text, sentences) => {
    const said = complaints(text);
    for (const sentence of sentences) expect(said).toContainEqual(expect.stringMatching(sentence));
  });

  it('of any content is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(complaints(text)).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a folder of profiles', () => {
  it('tells every fault of every file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.json'), '{');
    writeFileSync(join(folder, 'sdt-serial.json'), GOOD.replace('115200', '1'));
    const read = loadProfiles(folder);
    const files = read.ok ? [] : read.error.map(({ file }) => file);
    expect(new Set(files)).toEqual(new Set([join(folder, 'a.json'), join(folder, 'sdt-serial.json')]));
  });

  it('that is not there is named', () => {
    const read = loadProfiles('/nowhere/at/all');
    expect(read.ok ? [] : read.error.map(describeFileFault)).toEqual([
      '/nowhere/at/all: the folder of profiles cannot be read (ENOENT)',
    ]);
  });
});

describe('the device of a profile', () => {
  const make = (id: string, rest: Omit<Parameters<typeof deviceFromProfile>[0], 'profile' | 'simulated'>) =>
    deviceFromProfile({ profile: shippedProfile(id), simulated: false, ...rest });

  it('has the profile’s fields, its place, and the usual values for the rest', () => {
    expect(make('sdt-serial', { place: { path: '/dev/ttyUSB0' } })).toEqual({
      ok: true,
      value: {
        role: 'reader',
        model: 'SDT reader on a serial line',
        simulated: false,
        protocol: 'sdt',
        connection: { transport: 'serial', path: '/dev/ttyUSB0', baudRate: 115200 },
        pollInterval: 200,
        settleTime: 300,
        thinkingTimes: { find: 1000, select: 1000, read: 3000 },
        quirks: { readsFingerprints: false, presence: 'newest-address' },
      },
    });
  });

  it.each([
    ['honeywell-1400g-hid', { usb: { vendorId: '0c2e', productId: '0b8f' } }, 'Honeywell 1400g on USB HID'],
    ['sdt-tcp', { host: 'gate-3', port: 4001 }, 'SDT reader behind a TCP bridge'],
    ['cups-a4', { queue: 'counter' }, 'Page printer of the system, A4'],
  ])('%s stands where its place says', (id, place, model) => {
    expect(make(id, { place })).toMatchObject({ ok: true, value: { model } });
  });

  it('may have fields of its own', () => {
    expect(
      make('sdt-serial', { place: { path: '/dev/x' }, overrides: { baudRate: 'probe', pollInterval: 100 } }),
    ).toMatchObject({ ok: true, value: { pollInterval: 100, connection: { baudRate: 'probe' } } });
  });

  it.each([
    ['sdt-serial', { host: 'gate', port: 1 }, {}, [], /is for a serial line: name its "path"/],
    ['sdt-tcp', { path: '/dev/x' }, {}, [], /is for a TCP connection: name its "host" and "port"/],
    ['sdt-serial', { path: '/dev/x' }, { baudRate: 1 }, ['connection', 'baudRate'], /invalid/],
    ['sdt-serial', { path: '/dev/x' }, { colour: 1 }, ['colour'], /no setting of this name/],
    ['sdt-serial', { path: '/dev/x' }, { protocol: 'line' }, ['protocol'], /cannot be changed/],
    ['sdt-serial', { path: 'x' }, {}, ['connection', 'path'], /./],
  ])('%s at %j with %j is refused at the field', (id, place, overrides, field, reason) => {
    const made = make(id, { place, overrides });
    expect(made.ok).toBe(false);
    if (!made.ok) expect(made.error).toContainEqual({ field, reason: expect.stringMatching(reason) });
  });
});

describe('what is plugged in', () => {
  const usb = (vendorId: string, productId: string) => ({ vendorId, productId });

  it.each([
    ['a reader on HID', 'hid', usb('2b8b', '2721'), ['sdt-hid']],
    ['a Honeywell 1400g', 'hid', usb('0c2e', '0b8f'), ['honeywell-1400g-hid']],
    ['an Intermec SG20', 'hid', usb('067e', '0809'), ['intermec-sg20-hid']],
    ['a scanner of Newland’s on HID', 'hid', usb('1eab', '0001'), ['newland-hid']],
    ['a scanner of Newland’s on a line', 'serial', usb('1eab', '0001'), ['newland-serial']],
    ['a converter', 'serial', usb('1a86', '7523'), ['sdt-serial']],
    ['a mouse', 'hid', usb('046d', 'c077'), []],
    ['a port of the board', 'serial', null, []],
  ] as const)('%s fits its profiles', (_, transport, identity, ids) => {
    expect(matchProfiles({ transport, path: '/dev/x', usb: identity }, shippedProfiles())).toEqual(ids);
  });

  it('is known by its name below by-id, after what names its product', () => {
    const base = shippedProfile('line-scanner');
    const named: DeviceProfile = { ...base, id: 'named', match: [{ by: 'by-id', name: 'usb-ACME_*-if00' }] };
    const exact: DeviceProfile = {
      ...base,
      id: 'exact',
      match: [{ by: 'usb', vendorId: '1234', productId: '5678' }],
    };
    const path = '/dev/serial/by-id/usb-ACME_Scan_99-if00';
    expect(matchProfiles({ transport: 'serial', path, usb: usb('1234', '5678') }, [named, exact])).toEqual([
      'exact',
      'named',
    ]);
  });

  it.each([
    ['usb-A-if00', 'usb-A-if00', true],
    ['usb-A-if00', 'usb-B-if00', false],
    ['usb-A-if00', 'usb-*', true],
    ['usb-A-if00', '*-if00', true],
    ['usb-A-if00', 'usb-*A*-if00', true],
    ['usb-A', 'usb-A*A', false],
    ['ab', '*ab*', true],
    ['aXbXc', 'a*b*c', true],
    ['acb', 'a*b*c', false],
  ])('%s against the pattern %s: %s', (name, pattern, fits) => {
    expect(matchesName(name, pattern)).toBe(fits);
  });

  it('fits a pattern exactly when it fits the same regular expression', () => {
    const letters = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{0,8}$/), letters, (name, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matchesName(name, pattern)).toBe(expression.test(name));
      }),
    );
  });
});

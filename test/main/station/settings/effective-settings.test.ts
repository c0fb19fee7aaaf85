import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OPERATIONAL_NAMES,
  OPERATIONAL_SETTINGS,
  type OperationalName,
  OVERRIDES,
  type Override,
} from '#contract/operational-settings.ts';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import { STAFF_ROLES, type StaffRole } from '#domain/staff/role.ts';
import { effectiveSettings, mayOverride } from '#station/settings/effective-settings.ts';
import { readSettings } from '#station/settings/load-settings.ts';

function fileWith(
  given: Readonly<Record<string, unknown>> = {},
  mode: OperationMode = 'production',
): StationSettings {
  const text = JSON.stringify(
    {
      mode,
      stationName: 'Hall 1',
      registryUrl: 'https://registry.example',
      dataFolder: '/var/lib/eid-terminal',
      devices: [],
      ...given,
    },
    null,
    1,
  );
  const read = readSettings({ file: 'settings.json', text, profileFolder: '/nowhere' });
  if (!read.ok) throw new Error(read.error[0]?.reason);
  return read.value;
}
const serverWith = (value: number, override: Override, name: OperationalName = 'retentionDays') => ({
  version: 1,
  issuedAt: 0,
  settings: [{ name, value, override }],
});
const NOBODY_HERE: ReadonlyMap<OperationalName, never> = new Map<OperationalName, never>();
const setHere = (value: number, role: StaffRole, name: OperationalName = 'retentionDays') =>
  new Map([[name, { value, role }]]);
function retention(sources: Parameters<typeof effectiveSettings>[0]) {
  const { views, settings } = effectiveSettings(sources);
  const view = views.find(({ setting }) => setting === 'retentionDays');
  if (view === undefined) throw new Error('no view');
  expect(settings.retentionDays).toBe(view.value);
  return view;
}

describe('a setting', () => {
  it('that nobody sets has its default', () => {
    expect(retention({ file: fileWith(), server: null, here: NOBODY_HERE })).toEqual({
      setting: 'retentionDays',
      value: 7,
      source: 'default',
      setIn: null,
      mayOverride: 'technician',
      server: null,
      passedOver: [],
    });
  });

  it('that the registry sets has the registry’s value', () => {
    const view = retention({ file: fileWith(), server: serverWith(30, 'nobody'), here: NOBODY_HERE });
    expect(view).toMatchObject({ value: 30, source: 'server', server: 30, mayOverride: 'nobody' });
  });

  it('that the file sets too has the file’s value when a technician may', () => {
    const file = fileWith({ retentionDays: 3 });
    const view = retention({ file, server: serverWith(30, 'technician'), here: NOBODY_HERE });
    expect(view).toMatchObject({ value: 3, source: 'local', setIn: 'file', server: 30, passedOver: [] });
  });

  it.each([
    ['nobody', 'registry-forbids'],
    ['supervisor', 'registry-wants-supervisor'],
  ] as const)(
    'that the file sets although %s may override it is named with its line and the reason',
    (rule, reason) => {
      const file = fileWith({ retentionDays: 3 });
      const view = retention({ file, server: serverWith(30, rule), here: NOBODY_HERE });
      expect(view).toMatchObject({ value: 30, source: 'server' });
      expect(view.passedOver).toEqual([{ from: 'file', value: 3, line: 7, reason }]);
    },
  );

  it('that a supervisor sets at the terminal stands against the registry and the file', () => {
    const file = fileWith({ retentionDays: 3 });
    const view = retention({ file, server: serverWith(30, 'supervisor'), here: setHere(9, 'supervisor') });
    expect(view).toMatchObject({ value: 9, source: 'local', setIn: 'console' });
  });

  it('that a technician set at the terminal yields once the registry wants a supervisor', () => {
    const here = setHere(9, 'technician');
    expect(retention({ file: fileWith(), server: null, here })).toMatchObject({ value: 9 });
    const view = retention({ file: fileWith(), server: serverWith(30, 'supervisor'), here });
    expect(view).toMatchObject({ value: 30, source: 'server' });
    expect(view.passedOver).toEqual([
      { from: 'console', value: 9, line: null, reason: 'registry-wants-supervisor' },
    ]);
  });

  it('in production never lets bodies go at once, whoever asks for it', () => {
    const view = retention({
      file: fileWith(),
      server: serverWith(0, 'nobody'),
      here: setHere(0, 'supervisor'),
    });
    expect(view.value).toBe(7);
    expect(view.passedOver.map(({ from }) => from)).toEqual(['server', 'console']);
    expect(
      retention({ file: fileWith({}, 'demo'), server: serverWith(0, 'nobody'), here: NOBODY_HERE }).value,
    ).toBe(0);
  });

  it('of a name that this program does not know changes nothing', () => {
    const server = {
      version: 1,
      issuedAt: 0,
      settings: [{ name: 'later', value: 1, override: 'nobody' as const }],
    };
    const { settings } = effectiveSettings({ file: fileWith(), server, here: NOBODY_HERE });
    expect(settings).toEqual(fileWith());
  });
});

it('settings made by a program count as given', () => {
  const { given: _given, ...made } = fileWith();
  const { views } = effectiveSettings({
    file: made,
    server: serverWith(30, 'technician'),
    here: NOBODY_HERE,
  });
  expect(new Set(views.map(({ source }) => source))).toEqual(new Set(['local']));
});

describe('who may override', () => {
  it.each([
    ['nobody', []],
    ['technician', ['technician', 'supervisor']],
    ['supervisor', ['supervisor']],
  ] as const)('where the registry says %s: %j', (rule, roles) => {
    expect(STAFF_ROLES.filter((role) => mayOverride(rule, role))).toEqual(roles);
  });
});

it('a value set against the registry is in force only where its setter may, and every value keeps its bounds', () => {
  const value = fc.integer({ min: 5_000, max: 90_000 });
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom(...OVERRIDES),
      fc.constantFrom(...STAFF_ROLES),
      (wanted, local, rule, role) => {
        const name = 'idle.warnAfterMs';
        const { settings, views } = effectiveSettings({
          file: fileWith(),
          server: serverWith(wanted, rule, name),
          here: setHere(local, role, name),
        });
        expect(settings.idle.warnAfterMs).toBe(mayOverride(rule, role) ? local : wanted);
        expect(views.map(({ setting }) => setting)).toEqual(OPERATIONAL_NAMES);
        // What has nothing to do with it stays what it is.
        expect({ ...settings, idle: null }).toEqual({ ...fileWith(), idle: null });
      },
    ),
  );
});

it('every operational setting stands in the file where its name says, with its default', () => {
  const file = fileWith();
  const { views } = effectiveSettings({ file, server: null, here: NOBODY_HERE });
  for (const { setting, value } of views) {
    const there = setting
      .split('.')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], file);
    expect(there, setting).toBe(value);
    expect(OPERATIONAL_SETTINGS[setting].initial).toBe(value);
  }
});

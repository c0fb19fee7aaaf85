import type { SettingView } from '#contract/console-api.ts';
import type { StationSettings } from '#contract/settings.ts';
import type { StaffRole } from '#domain/staff/role.ts';
import type { DevicesInForce } from '#station/devices/devices-in-force.ts';
import { mayOverride } from '#station/settings/effective-settings.ts';
import type { SettingsView } from '#station/settings/settings-desk.ts';

type View = SettingsView['settings'][number];

/**
 * Every setting in force as a line to read, by its dotted path: the terminal's own as its file has them, and the
 * operational ones with where their value comes from, and whether somebody of a role may set them here.
 */
export function settingViews(settings: StationSettings, view: SettingsView, role: StaffRole): SettingView[] {
  const operational = new Map<string, View>(view.settings.map((each) => [each.setting, each]));
  const { given: _lines, ...own } = settings;
  return [...leaves('', own)].map(([name, value]) => {
    const found = operational.get(name);
    if (found === undefined) return { name, value, source: 'file', operational: null };
    return {
      name,
      value: String(found.value),
      source: sourceOf(found),
      operational: operationalOf(found, role),
    };
  });
}

/** The same with the devices in force, which a list that was saved at this terminal may have taken from its file. */
export function settingViewsInForce(terminal: {
  readonly settings: StationSettings;
  readonly devices: DevicesInForce;
  readonly view: SettingsView;
  readonly role: StaffRole;
}): SettingView[] {
  const { settings, devices, view, role } = terminal;
  const views = settingViews({ ...settings, devices: [...devices.devices] }, view, role);
  if (devices.source === 'settings') return views;
  return views.map((each) =>
    each.name === 'devices' || each.name.startsWith('devices.') ? { ...each, source: 'here' } : each,
  );
}

function operationalOf(view: View, role: StaffRole): SettingView['operational'] {
  const { setting, source, setIn, value, server, passedOver } = view;
  const local = source === 'local' ? value : passedOver.findLast(({ from }) => from !== 'server')?.value;
  return {
    name: setting,
    server: server === null ? null : String(server),
    local: local === undefined ? null : String(local),
    setHere: setIn === 'console' || passedOver.some(({ from }) => from === 'console'),
    mayChange: mayOverride(view.mayOverride, role),
  };
}

function sourceOf({ source, setIn }: View): SettingView['source'] {
  switch (source) {
    case 'default':
      return 'built-in';
    case 'server':
      return 'registry';
    case 'local':
      return setIn === 'console' ? 'here' : 'file';
  }
}

function* leaves(path: string, value: unknown): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, String(value)];
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) yield [path, Array.isArray(value) ? '[]' : '{}'];
  for (const [name, inner] of entries) yield* leaves(path === '' ? name : `${path}.${name}`, inner);
}

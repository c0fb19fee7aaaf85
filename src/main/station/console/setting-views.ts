import type { SettingView } from '#contract/console-api.ts';
import type { StationSettings } from '#contract/settings.ts';
import type { SettingsView } from '#station/settings/settings-desk.ts';

/**
 * Every setting in force as a line to read, by its dotted path: the terminal's own as its file has them, and the
 * operational ones with where their value comes from.
 */
export function settingViews(settings: StationSettings, view: SettingsView): SettingView[] {
  const operational = new Map<string, (typeof view.settings)[number]>(
    view.settings.map((each) => [each.setting, each]),
  );
  const { given: _lines, ...own } = settings;
  return [...leaves('', own)].map(([name, value]) => {
    const found = operational.get(name);
    if (found === undefined) return { name, value, source: 'file' };
    return { name, value: String(found.value), source: sourceOf(found) };
  });
}

function sourceOf({ source, setIn }: SettingsView['settings'][number]): SettingView['source'] {
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

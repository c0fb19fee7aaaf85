import type { SettingView } from '#contract/console-api.ts';
import type { StationSettings } from '#contract/settings.ts';

/** Every setting in force as a line to read, by its dotted path. */
export function settingViews(settings: StationSettings): SettingView[] {
  return [...leaves('', settings)].map(([name, value]) => ({ name, value, source: 'file' }));
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

import { readFile } from 'node:fs/promises';
import { checkJson, describeFileFault, type FileFault } from '#contract/checked-json.ts';
import { OPERATIONAL_NAMES, type OperationalName } from '#contract/operational-settings.ts';
import { type StationSettings, StationSettingsSchema } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { wholeDevices } from './whole-devices.ts';

/** What is wrong with a settings file, for the technician who wrote it. */
export type SettingsFault = FileFault;

/** `FILE:LINE: SETTING: REASON`, the form that editors and terminals can follow. */
export const describeSettingsFault = describeFileFault;

/** Where settings stand, and the folder of the profiles that their devices may name. */
export interface SettingsPlace {
  readonly file: string;
  readonly profileFolder: string;
}

/** Reads and checks the station's settings file. Every fault is told, in the order of the file. */
export async function loadSettings(
  place: SettingsPlace,
): Promise<Result<StationSettings, readonly SettingsFault[]>> {
  const { file } = place;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err([{ file, line: null, setting: '', reason: `the file cannot be read (${code})` }]);
  }
  return readSettings({ ...place, text });
}

export function readSettings(
  source: SettingsPlace & { readonly text: string },
): Result<StationSettings, readonly SettingsFault[]> {
  const { file, text, profileFolder } = source;
  const checked = checkJson({ file, text, schema: StationSettingsSchema });
  if (!checked.ok) return checked;
  const { value, lines } = checked.value;
  const devices = wholeDevices({ written: value.devices, file, lines, profileFolder });
  if (!devices.ok) return devices;
  const given = new Map<OperationalName, number>();
  for (const name of OPERATIONAL_NAMES) {
    const line = lines.get(name);
    if (line !== undefined) given.set(name, line);
  }
  return ok({ ...value, devices: devices.value, given });
}

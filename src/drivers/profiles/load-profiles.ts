import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkJson, type FileFault } from '#contract/checked-json.ts';
import { type DeviceProfile, DeviceProfileSchema } from '#contract/device-profile.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** Most files that are looked at, and most characters of one: a folder named by mistake is not read through. */
const MOST_PROFILES = 500;
const LONGEST_PROFILE = 100_000;

/** Reads every `*.json` of a folder, in the order of their ids. Every fault of every file is told. */
export function loadProfiles(folder: string): Result<readonly DeviceProfile[], readonly FileFault[]> {
  let names: readonly string[];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  } catch (error) {
    return err([unreadable({ file: folder, what: 'the folder of profiles', error })]);
  }
  if (names.length > MOST_PROFILES) {
    const reason = `the folder holds ${names.length} JSON files, more than ${MOST_PROFILES}`;
    return err([{ file: folder, line: null, setting: '', reason }]);
  }
  const profiles: DeviceProfile[] = [];
  const faults: FileFault[] = [];
  for (const name of names) {
    const read = loadProfile(join(folder, name));
    if (read.ok) profiles.push(read.value);
    else faults.push(...read.error);
  }
  return faults.length > 0 ? err(faults) : ok(profiles);
}

/** Reads one profile. Its file bears its id, so that no two profiles of a folder have the same. */
export function loadProfile(file: string): Result<DeviceProfile, readonly FileFault[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return err([unreadable({ file, what: 'the file', error })]);
  }
  if (text.length > LONGEST_PROFILE)
    return err([{ file, line: null, setting: '', reason: 'the file is too long for a profile' }]);
  const checked = checkJson({ file, text, schema: DeviceProfileSchema });
  if (!checked.ok) return checked;
  const { value, lines } = checked.value;
  if (`${value.id}.json` === basename(file)) return ok(value);
  const reason = `the file of this profile must be called "${value.id}.json"`;
  return err([{ file, line: lines.get('id') ?? 1, setting: 'id', reason }]);
}

/** The profile of an id. Other profiles of the folder may be broken. */
export function findProfile(wanted: { readonly folder: string; readonly id: string }): Result<
  DeviceProfile,
  {
    readonly reason: string;
    /** What is wrong in the profile's own file; empty when there is none. */
    readonly faults: readonly FileFault[];
  }
> {
  const { folder, id } = wanted;
  const file = join(folder, `${basename(id)}.json`);
  if (!existsSync(file)) return err({ reason: `there is no profile "${id}" in ${folder}`, faults: [] });
  const read = loadProfile(file);
  return read.ok ? read : err({ reason: `profile "${id}" is broken`, faults: read.error });
}

function unreadable(fault: {
  readonly file: string;
  readonly what: string;
  readonly error: unknown;
}): FileFault {
  const code =
    fault.error instanceof Error && 'code' in fault.error ? String(fault.error.code) : 'unreadable';
  return { file: fault.file, line: null, setting: '', reason: `${fault.what} cannot be read (${code})` };
}

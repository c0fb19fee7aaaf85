import { join } from 'node:path';
import { describeFileFault } from '#contract/checked-json.ts';
import type { ProfileChoice } from '#contract/console-devices.ts';
import { type DeviceProfile, modelOf, notedFields, wayOf } from '#contract/device-profile.ts';
import { loadProfiles } from '#drivers/profiles/load-profiles.ts';
import { programFolder } from '#station/desk/software-identity.ts';

/** The profiles that this program ships with, read when they are first asked for. */
export type DeviceProfiles = () => {
  readonly profiles: readonly DeviceProfile[];
  /** Why there are none, a sentence for each fault. */
  readonly faults: readonly string[];
};

export function shippedProfiles(
  folder = join(programFolder(import.meta.dirname), 'resources', 'profiles'),
): DeviceProfiles {
  let read: ReturnType<DeviceProfiles> | null = null;
  return () => {
    if (read !== null) return read;
    const loaded = loadProfiles(folder);
    read = loaded.ok
      ? { profiles: loaded.value, faults: [] }
      : { profiles: [], faults: loaded.error.map(describeFileFault) };
    return read;
  };
}

export function profileChoice(profile: DeviceProfile): ProfileChoice | null {
  const way = wayOf(profile);
  if (way === null) return null;
  const verified = Object.values(profile.notes).filter((note) => note.verified).length;
  const fields = notedFields(profile).length;
  return { id: profile.id, model: modelOf(profile), role: profile.role, way, verified, fields };
}

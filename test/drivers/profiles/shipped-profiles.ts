import { resolve } from 'node:path';
import { describeFileFault } from '#contract/checked-json.ts';
import type { DeviceProfile } from '#contract/device-profile.ts';
import { loadProfiles } from '#drivers/profiles/load-profiles.ts';

export const PROFILES = resolve(import.meta.dirname, '../../../resources/profiles');

export function shippedProfiles(): readonly DeviceProfile[] {
  const read = loadProfiles(PROFILES);
  if (!read.ok) throw new Error(read.error.map(describeFileFault).join('\n'));
  return read.value;
}

export function shippedProfile(id: string): DeviceProfile {
  const found = shippedProfiles().find((profile) => profile.id === id);
  if (!found) throw new Error(`there is no profile "${id}"`);
  return found;
}

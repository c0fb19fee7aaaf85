import type { FileFault } from '#contract/checked-json.ts';
import type { Device } from '#contract/device.ts';
import { deviceClash } from '#contract/device-clash.ts';
import { namesProfile, profiledDevice, type WrittenDevice } from '#contract/profiled-device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { findProfile } from '#drivers/profiles/load-profiles.ts';

/** The devices of a settings file in full, those that name a profile out of its file. Every fault is told. */
export function wholeDevices(request: {
  readonly written: readonly WrittenDevice[];
  readonly file: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly profileFolder: string;
}): Result<readonly Device[], readonly FileFault[]> {
  const { written, file, lines, profileFolder } = request;
  const devices: Device[] = [];
  const faults: FileFault[] = [];
  for (const [index, device] of written.entries()) {
    if (!namesProfile(device)) {
      devices.push(device);
      continue;
    }
    const setting = `devices.${index}`;
    const lineOf = (name: string) => lines.get(name) ?? lines.get(setting) ?? 1;
    const profile = findProfile({ folder: profileFolder, id: device.profile });
    if (!profile.ok) {
      const name = `${setting}.profile`;
      faults.push({ file, line: lineOf(name), setting: name, reason: profile.error.reason });
      faults.push(...profile.error.faults);
      continue;
    }
    const made = profiledDevice({ written: device, profile: profile.value });
    if (made.ok) devices.push(made.value);
    else
      for (const { field, reason } of made.error) {
        const name = [setting, ...field].join('.');
        faults.push({ file, line: lineOf(name), setting: name, reason });
      }
  }
  const clash = faults.length > 0 ? null : deviceClash(devices);
  if (clash !== null) {
    const setting = `devices.${clash.index}`;
    faults.push({ file, line: lines.get(setting) ?? 1, setting, reason: clash.reason });
  }
  return faults.length > 0 ? err(faults) : ok(devices);
}

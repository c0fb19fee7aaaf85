import { resolve } from 'node:path';
import { describeFileFault } from '#contract/checked-json.ts';
import { DEVICE_ROLES, type Device } from '#contract/device.ts';
import { type DeviceProfile, deviceFromProfile } from '#contract/device-profile.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { findProfile, loadProfile } from '#drivers/profiles/load-profiles.ts';
import { readDeviceList } from '#station/devices/device-list-store.ts';
import { loadSettings } from '#station/settings/load-settings.ts';
import { listOption, type Options, textOption } from './command.ts';
import { PLACE_HELP, PLACE_OPTIONS, placeOf } from './place-options.ts';
import { PROFILE_FOLDER, profileFolder } from './profile-folder.ts';

export const DEVICE_OPTIONS = {
  ...PLACE_OPTIONS,
  profile: { type: 'string' },
  profiles: { type: 'string' },
  set: { type: 'string', multiple: true },
  settings: { type: 'string' },
  role: { type: 'string' },
} as const;

export const DEVICE_HELP = `Which device:
  --profile ID       a model ("npm run devices -- profiles" lists them), or a profile's file, with one of
  ${PLACE_HELP}
  --set FIELD=VALUE  what is otherwise with this device, such as --set baudRate=9600; more than once
  --settings FILE    or: the terminal's own devices, as its settings or its saved list have them
  --role ROLE        of these only the reader, scanner, printer or lamp
  ${PROFILE_FOLDER}`;

/** The devices that the options name; sentences when they cannot be. */
export async function chosenDevices(options: Options): Promise<Result<readonly Device[], readonly string[]>> {
  const settings = textOption(options, 'settings');
  const profile = textOption(options, 'profile');
  if ((settings === null) === (profile === null))
    return err(['Say which device: --profile with its place, or --settings.']);
  if (settings !== null) return configuredDevices({ options, settings });
  const device = profiledDevice({ options, named: profile ?? '' });
  return device.ok ? ok([device.value]) : device;
}

/** As {@link chosenDevices}, where it has to be one. */
export async function chosenDevice(options: Options): Promise<Result<Device, readonly string[]>> {
  const chosen = await chosenDevices(options);
  if (!chosen.ok) return chosen;
  const [device, another] = chosen.value;
  if (device === undefined) return err(['There is no such device in the settings.']);
  if (another !== undefined)
    return err(['The settings have more than one device: name the one with --role.']);
  return ok(device);
}

/** The devices that a terminal drives: its saved list, or else its settings'. */
export async function devicesOfTerminal(place: {
  readonly settings: string;
  readonly profileFolder: string;
}): Promise<Result<{ readonly dataFolder: string; readonly devices: readonly Device[] }, readonly string[]>> {
  const read = await loadSettings({ file: place.settings, profileFolder: place.profileFolder });
  if (!read.ok) return err(read.error.map(describeFileFault));
  const { dataFolder, devices } = read.value;
  const saved = readDeviceList(dataFolder);
  if (!saved.ok) return err(saved.error.sentences);
  return ok({ dataFolder, devices: saved.value ?? devices });
}

async function configuredDevices(request: {
  readonly options: Options;
  readonly settings: string;
}): Promise<Result<readonly Device[], readonly string[]>> {
  const { options, settings } = request;
  const role = textOption(options, 'role');
  if (role !== null && !DEVICE_ROLES.some((each) => each === role))
    return err([`--role ${role}: must be one of ${DEVICE_ROLES.join(', ')}.`]);
  const misplaced = [...Object.keys(PLACE_OPTIONS), 'set'].filter((name) => options[name] !== undefined);
  if (misplaced.length > 0)
    return err([`--${misplaced.join(', --')}: goes with --profile, not with --settings.`]);
  const terminal = await devicesOfTerminal({ settings, profileFolder: profileFolder(options) });
  if (!terminal.ok) return terminal;
  const devices = terminal.value.devices.filter((device) => role === null || device.role === role);
  return devices.length > 0 ? ok(devices) : err([`${settings}: names no ${role ?? 'device'}.`]);
}

function profiledDevice(request: {
  readonly options: Options;
  readonly named: string;
}): Result<Device, readonly string[]> {
  const { options, named } = request;
  if (options.role !== undefined) return err(['--role goes with --settings, not with --profile.']);
  const profile = namedProfile(named, profileFolder(options));
  if (!profile.ok) return profile;
  const place = placeOf(options);
  if (!place.ok) return err([place.error]);
  const overrides = overridesOf(listOption(options, 'set'));
  if (!overrides.ok) return err([overrides.error]);
  const made = deviceFromProfile({
    profile: profile.value,
    place: place.value,
    simulated: false,
    overrides: overrides.value,
  });
  if (made.ok) return made;
  return err(
    made.error.map(({ field, reason }) => (field.length > 0 ? `${field.join('.')}: ${reason}` : reason)),
  );
}

/** The profile of an id, or in a file. */
export function namedProfile(named: string, folder: string): Result<DeviceProfile, readonly string[]> {
  if (named.endsWith('.json')) {
    const read = loadProfile(resolve(named));
    return read.ok ? read : err(read.error.map(describeFileFault));
  }
  const found = findProfile({ folder, id: named });
  if (found.ok) return found;
  const { reason, faults } = found.error;
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
  return err([
    `${sentence}; "npm run devices -- profiles" lists them all.`,
    ...faults.map(describeFileFault),
  ]);
}

/** `pollInterval=100`, `encoding=gb18030`, `channels={"green":1,…}`: what is no JSON is a word. */
function overridesOf(words: readonly string[]): Result<Readonly<Record<string, unknown>>, string> {
  const overrides: Record<string, unknown> = {};
  for (const word of words) {
    const [, field, value] = /^([A-Za-z]+)=(.+)$/s.exec(word) ?? [];
    if (field === undefined || value === undefined) return err(`--set ${word}: must be FIELD=VALUE.`);
    overrides[field] = meantBy(value);
  }
  return ok(overrides);
}

function meantBy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a word without quotation marks, as people type it
  }
}

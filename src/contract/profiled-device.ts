import * as v from 'valibot';
import { err, type Result } from '#domain/result.ts';
import { type Device, DeviceSchema } from './device.ts';
import {
  type DeviceProfile,
  deviceFromProfile,
  type ProfiledDeviceFault,
  ProfileIdSchema,
  type ProfilePlace,
  ProfilePlaceSchema,
} from './device-profile.ts';

/**
 * A device that names a profile in place of saying everything itself:
 * `{ "profile": "sdt-serial", "path": "/dev/serial/by-id/…" }`. Its place is a path, USB numbers, host and port, or a
 * queue of CUPS. Everything else is a field that is otherwise with this device than with its profile.
 */
export const ProfiledDeviceSchema = v.objectWithRest(
  { profile: ProfileIdSchema, simulated: v.optional(v.boolean(), false) },
  v.unknown(),
);
export type ProfiledDevice = v.InferOutput<typeof ProfiledDeviceSchema>;

/** A device as a person writes it down. */
export const WrittenDeviceSchema = v.lazy((input) =>
  typeof input === 'object' && input !== null && 'profile' in input ? ProfiledDeviceSchema : DeviceSchema,
);
export type WrittenDevice = ProfiledDevice | Device;

export function namesProfile(device: WrittenDevice): device is ProfiledDevice {
  return 'profile' in device;
}

const PLACE_FIELDS = ['path', 'usb', 'host', 'port', 'queue'];
const SAID_WITH_PLACE = ['profile', 'simulated', ...PLACE_FIELDS];

/** The whole device; the fields of faults are as they stand in what was written. */
export function profiledDevice(request: {
  readonly written: ProfiledDevice;
  readonly profile: DeviceProfile;
}): Result<Device, readonly ProfiledDeviceFault[]> {
  const { written, profile } = request;
  const place = placeOf(written);
  if (place === null)
    return err([{ field: [], reason: 'must name one place: "path", "usb", "host" and "port", or "queue"' }]);
  const overrides = Object.fromEntries(
    Object.entries(written).filter(([key]) => !SAID_WITH_PLACE.includes(key)),
  );
  const made = deviceFromProfile({ profile, place, simulated: written.simulated, overrides });
  if (made.ok) return made;
  return err(made.error.map(({ field, reason }) => ({ field: asWritten(field), reason })));
}

function placeOf(written: ProfiledDevice): ProfilePlace | null {
  const named = Object.fromEntries(Object.entries(written).filter(([key]) => PLACE_FIELDS.includes(key)));
  const checked = v.safeParse(ProfilePlaceSchema, named);
  return checked.success ? checked.output : null;
}

/** What stands under `connection` in a device stands beside its profile where one is named. */
function asWritten(field: readonly string[]): readonly string[] {
  return field[0] === 'connection' ? field.slice(1) : field;
}

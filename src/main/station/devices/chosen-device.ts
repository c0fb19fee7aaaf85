import * as v from 'valibot';
import type { DeviceChoice, DeviceRefusal } from '#contract/console-devices.ts';
import { type Device, DeviceSchema } from '#contract/device.ts';
import { type DeviceProfile, deviceFromProfile, type ProfilePlace } from '#contract/device-profile.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';

export interface ChoiceFault {
  readonly reason: Extract<DeviceRefusal, 'no-such-device' | 'no-such-profile' | 'wrong-place'>;
  readonly detail: string | null;
}

/** The whole device that a page's choice names: its settings are the terminal's own or a profile's, never the page's. */
export function chosenDevice(order: {
  readonly choice: DeviceChoice;
  readonly devices: readonly Device[];
  readonly profiles: readonly DeviceProfile[];
}): Result<Device, ChoiceFault> {
  const { choice } = order;
  switch (choice.kind) {
    case 'configured': {
      const device = order.devices.find(({ role }) => role === choice.role);
      if (device === undefined) return err({ reason: 'no-such-device', detail: null });
      return choice.place === null ? ok(device) : moved(device, choice.place);
    }
    case 'profile': {
      const profile = order.profiles.find(({ id }) => id === choice.profile);
      if (profile === undefined) return err({ reason: 'no-such-profile', detail: choice.profile });
      const made = deviceFromProfile({ profile, place: choice.place, simulated: false });
      if (made.ok) return made;
      const detail = made.error
        .map(({ field, reason }) => (field.length > 0 ? `${field.join('.')}: ${reason}` : reason))
        .join('; ');
      return err({ reason: 'wrong-place', detail });
    }
    default:
      return assertNever(choice);
  }
}

/** The same device at another place of the same kind. */
function moved(device: Device, place: ProfilePlace): Result<Device, ChoiceFault> {
  const checked = v.safeParse(DeviceSchema, { ...device, ...placed(device, place) });
  if (checked.success) return ok(checked.output);
  const issue = checked.issues[0];
  return err({ reason: 'wrong-place', detail: `${v.getDotPath(issue) ?? 'place'}: ${issue.message}` });
}

function placed(device: Device, place: ProfilePlace): object {
  if (!('connection' in device)) return place;
  if (device.connection.transport === 'tcp') return { connection: { ...device.connection, ...place } };
  // Either a path or USB numbers: the one before does not stay beside the new one.
  const { path: _path, usb: _usb, ...line } = device.connection;
  return { connection: { ...line, ...place } };
}

import * as v from 'valibot';
import { err, ok, type Result } from '#domain/result.ts';
import { DEVICE_ROLES, type Device, DeviceSchema, UsbIdentitySchema } from './device.ts';

/**
 * What is known of a model before it is bought: all of a device's fields but the place where it is plugged in. A profile
 * is one JSON file, named for its id, and says of each field whether it was verified, by two sources that agree or by a
 * measurement, and where it comes from.
 */
const text = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest));

export const ProfileIdSchema = v.pipe(
  v.string(),
  v.maxLength(60),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
);

export const ProfileNoteSchema = v.strictObject({
  /** Two sources that do not copy each other agree, or it was measured. */
  verified: v.boolean(),
  source: text(300),
});
export type ProfileNote = v.InferOutput<typeof ProfileNoteSchema>;

const usbNumber = UsbIdentitySchema.entries.vendorId;

/** A sign by which a plugged-in device is known to be of this model, or of one of those that it may be. */
export const ProfileMatchSchema = v.variant('by', [
  /** Without a product number: any product of that vendor. */
  v.strictObject({ by: v.literal('usb'), vendorId: usbNumber, productId: v.optional(usbNumber) }),
  /** Name of the link below `/dev/serial/by-id`; `*` stands for any characters. */
  v.strictObject({
    by: v.literal('by-id'),
    name: v.pipe(
      v.string(),
      v.maxLength(200),
      v.regex(/^[^/*]*[A-Za-z][^/]*$/, 'must be a name, not a path and not only *'),
    ),
  }),
]);
export type ProfileMatch = v.InferOutput<typeof ProfileMatchSchema>;

/** As they stand in the file; `DeviceSchema` judges them together with a place. */
const written = v.record(v.pipe(v.string(), v.maxLength(60)), v.unknown());
type Written = v.InferOutput<typeof written>;

const profileFields = v.strictObject({
  id: ProfileIdSchema,
  /** Null where one profile is for the models of many makers. */
  maker: v.nullable(text(60)),
  model: text(120),
  role: v.picklist(DEVICE_ROLES),
  /** A device's fields without role, model, simulated, and without where it is plugged in. */
  device: written,
  match: v.pipe(v.array(ProfileMatchSchema), v.maxLength(20)),
  /** By the path of the field: `device.connection.baudRate`, `match.0`. */
  notes: v.record(v.pipe(v.string(), v.maxLength(200)), ProfileNoteSchema),
});
export type DeviceProfile = v.InferOutput<typeof profileFields>;

export const DeviceProfileSchema = v.pipe(
  profileFields,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const { field, reason } of [...deviceFaults(dataset.value), ...noteFaults(dataset.value)]) {
      const [first, ...rest] = field.map((key) => ({
        type: 'object' as const,
        origin: 'value' as const,
        input: {},
        key,
        value: undefined,
      }));
      addIssue({ message: reason, ...(first ? { path: [first, ...rest] } : {}) });
    }
  }),
);

/** Where a device of a profile is plugged in. */
export const ProfilePlaceSchema = v.union([
  v.strictObject({ path: v.string() }),
  v.strictObject({ usb: UsbIdentitySchema }),
  v.strictObject({ host: v.string(), port: v.number() }),
  v.strictObject({ queue: v.string() }),
]);
export type ProfilePlace = v.InferOutput<typeof ProfilePlaceSchema>;

/** What keeps a profile, a place and what is said beside them from being a device; `field` is a path in the device. */
export interface ProfiledDeviceFault {
  readonly field: readonly string[];
  readonly reason: string;
}

/** What the drivers speak over: a profile's transport, or CUPS. */
export type ProfileWay = 'serial' | 'hid' | 'tcp' | 'cups';

export function wayOf(profile: Pick<DeviceProfile, 'device'>): ProfileWay | null {
  if (profile.device.protocol === 'cups') return 'cups';
  const transport = connectionOf(profile.device).transport;
  return transport === 'serial' || transport === 'hid' || transport === 'tcp' ? transport : null;
}

const PLACE_WORDS: Readonly<Record<ProfileWay, string>> = {
  serial: 'a serial line: name its "path" or its "usb" numbers',
  hid: 'a HID interface: name its "path" or its "usb" numbers',
  tcp: 'a TCP connection: name its "host" and "port"',
  cups: 'a queue of CUPS: name the "queue"',
};

/** Fields of a connection that may be said otherwise than a profile has them. */
const CONNECTION_FIELDS = ['baudRate', 'reportId', 'reportSize'];
const NOT_TO_BE_SAID = ['role', 'protocol', 'connection', 'model', 'simulated'];

/**
 * The device that a profile describes, at its place. `overrides` are fields that are otherwise with this one device; each
 * takes the place of the profile's field as a whole.
 */
export function deviceFromProfile(request: {
  readonly profile: DeviceProfile;
  readonly place: ProfilePlace;
  readonly simulated: boolean;
  readonly overrides?: Readonly<Record<string, unknown>>;
}): Result<Device, readonly ProfiledDeviceFault[]> {
  const { profile, place, simulated, overrides = {} } = request;
  const way = wayOf(profile);
  if (way === null) return err([{ field: ['device', 'connection'], reason: 'names no transport' }]);
  if (!fits(way, place))
    return err([{ field: [], reason: `profile "${profile.id}" is for ${PLACE_WORDS[way]}` }]);
  const fixed = Object.keys(overrides).filter((key) => NOT_TO_BE_SAID.includes(key));
  if (fixed.length > 0)
    return err(
      fixed.map((key) => ({
        field: [key],
        reason: `comes from profile "${profile.id}" and cannot be changed`,
      })),
    );
  const { connection: _, ...fields } = profile.device;
  const said = Object.entries(overrides);
  const ofConnection = Object.fromEntries(said.filter(([key]) => CONNECTION_FIELDS.includes(key)));
  const ofDevice = Object.fromEntries(said.filter(([key]) => !CONNECTION_FIELDS.includes(key)));
  const candidate = {
    ...fields,
    ...ofDevice,
    role: profile.role,
    model: modelOf(profile),
    simulated,
    ...(way === 'cups'
      ? place
      : { connection: { ...connectionOf(profile.device), ...ofConnection, ...place } }),
  };
  const checked = v.safeParse(DeviceSchema, candidate);
  if (checked.success) return ok(checked.output);
  return err(
    checked.issues.map((issue) => ({
      field: (v.getDotPath(issue) ?? '').split('.').filter((key) => key !== ''),
      reason:
        issue.type === 'strict_object' && issue.expected === 'never'
          ? 'there is no setting of this name'
          : issue.message.replace(/^Invalid /, 'invalid '),
    })),
  );
}

/** `Honeywell 1400g`; the model alone where there are many makers. */
export function modelOf(profile: Pick<DeviceProfile, 'maker' | 'model'>): string {
  return profile.maker === null ? profile.model : `${profile.maker} ${profile.model}`;
}

/** The fields that want a note each: every value of the device that is no object, and every match as a whole. */
export function notedFields(profile: Pick<DeviceProfile, 'device' | 'match'>): readonly string[] {
  return [...leaves(profile.device, 'device'), ...profile.match.map((_, index) => `match.${index}`)];
}

function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, each]) => leaves(each, `${path}.${key}`));
}

function connectionOf(device: Written): Readonly<Record<string, unknown>> {
  const { connection } = device;
  return typeof connection === 'object' && connection !== null && !Array.isArray(connection)
    ? { ...connection }
    : {};
}

function fits(way: ProfileWay, place: ProfilePlace): boolean {
  if ('host' in place) return way === 'tcp';
  if ('queue' in place) return way === 'cups';
  return way === 'serial' || way === 'hid';
}

const SOMEWHERE: Readonly<Record<ProfileWay, ProfilePlace>> = {
  serial: { path: '/dev/somewhere' },
  hid: { path: '/dev/somewhere' },
  tcp: { host: 'somewhere', port: 1 },
  cups: { queue: 'somewhere' },
};

function deviceFaults(profile: DeviceProfile): readonly ProfiledDeviceFault[] {
  const place = ['role', 'model', 'simulated', 'queue'].filter((key) => Object.hasOwn(profile.device, key));
  const placed = ['path', 'usb', 'host', 'port'].filter((key) =>
    Object.hasOwn(connectionOf(profile.device), key),
  );
  if (place.length + placed.length > 0)
    return [
      ...place.map((key) => ({ field: ['device', key], reason: 'is no part of a profile' })),
      ...placed.map((key) => ({ field: ['device', 'connection', key], reason: 'is no part of a profile' })),
    ];
  const way = wayOf(profile);
  if (way === null)
    return [{ field: ['device'], reason: 'must name connection.transport, or the protocol "cups"' }];
  const made = deviceFromProfile({ profile, place: SOMEWHERE[way], simulated: false });
  return made.ok ? [] : made.error.map(({ field, reason }) => ({ field: ['device', ...field], reason }));
}

function noteFaults(profile: DeviceProfile): readonly ProfiledDeviceFault[] {
  const fields = notedFields(profile);
  return [
    ...fields
      .filter((field) => !Object.hasOwn(profile.notes, field))
      .map((field) => ({ field: field.split('.'), reason: `has no note: "notes" must say "${field}"` })),
    ...Object.keys(profile.notes)
      .filter((field) => !fields.includes(field))
      .map((field) => ({ field: ['notes', field], reason: 'is a note on a field that there is not' })),
  ];
}

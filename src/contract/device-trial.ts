import * as v from 'valibot';
import { ConnectionSchema, DEVICE_ROLES, DeviceSchema, UsbIdentitySchema } from './device.ts';

/** What a technician asks of the drivers about devices that are plugged in, and what they answer. */

const words = v.pipe(v.string(), v.maxLength(400));

/** A port or HID interface of this machine, whether or not anybody drives it. */
export const AttachedDeviceSchema = v.strictObject({
  transport: v.picklist(['serial', 'hid']),
  /** `/dev/serial/by-id/…` where the system gives one; of a USB device without a serial number `/dev/serial/by-path/…`. */
  path: v.pipe(v.string(), v.maxLength(400)),
  usb: v.nullable(UsbIdentitySchema),
  /** Maker and product as the descriptors name them, and whether only its socket tells it from its like. */
  label: words,
  /** Ids of profiles that are made for it. */
  profiles: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(50)),
});
export type AttachedDevice = v.InferOutput<typeof AttachedDeviceSchema>;

/** One step of a trial; `detail` says what was seen, or what to do. No content of a card or code. */
export const TrialStepSchema = v.strictObject({
  step: v.pipe(v.string(), v.maxLength(60)),
  outcome: v.picklist(['passed', 'failed', 'skipped']),
  detail: words,
  tookMs: v.number(),
});
export type TrialStep = v.InferOutput<typeof TrialStepSchema>;

/** What somebody has to do while a trial runs. */
export const TRIAL_ASKS = [
  'show-code',
  'lay-card',
  'watch-green-light',
  'watch-amber-light',
  'watch-red-light',
] as const;

/** Said at the moment when it is to be done; it holds until the next step is told, or the trial is over. */
export const TrialPromptSchema = v.strictObject({
  ask: v.picklist(TRIAL_ASKS),
  /** How long the trial waits for it. */
  seconds: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(999)),
});
export type TrialPrompt = v.InferOutput<typeof TrialPromptSchema>;

/** What a trial that runs has to tell. */
export const TrialProgressSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('step'), step: TrialStepSchema }),
  v.strictObject({ kind: v.literal('prompt'), prompt: TrialPromptSchema }),
]);
export type TrialProgress = v.InferOutput<typeof TrialProgressSchema>;

export const TrialSchema = v.strictObject({
  device: DeviceSchema,
  passed: v.boolean(),
  steps: v.pipe(v.array(TrialStepSchema), v.maxLength(40)),
});
export type Trial = v.InferOutput<typeof TrialSchema>;

/** What answers at a connection, as far as it can be told without harm. */
export const IdentitySchema = v.strictObject({
  connection: ConnectionSchema,
  role: v.nullable(v.picklist(DEVICE_ROLES)),
  /** SAM id, firmware, or what else the device says of itself. */
  detail: words,
});
export type DeviceIdentity = v.InferOutput<typeof IdentitySchema>;

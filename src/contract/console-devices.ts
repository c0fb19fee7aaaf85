import * as v from 'valibot';
import { allowed } from './console-answer.ts';
import { ConnectionSchema, DEVICE_ROLES } from './device.ts';
import { ProfileIdSchema, ProfilePlaceSchema } from './device-profile.ts';
import {
  AttachedDeviceSchema,
  IdentitySchema,
  TrialProgressSchema,
  TrialStepSchema,
} from './device-trial.ts';
import { DeviceHealthSchema } from './driver-messages.ts';
import { ReplaySchema } from './recording-replay.ts';

/** What the console's Devices page and the station say to each other. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const moment = v.pipe(v.number(), v.safeInteger());
const nothing = v.strictObject({});
const role = v.picklist(DEVICE_ROLES);
/** By its name in the list. */
const recordingFile = v.strictObject({ file: v.pipe(v.string(), v.maxLength(100)) });

/** How long a device that was saved may take to become ready, milliseconds: a rate may have to be probed first. */
export const READY_WITHIN_MS = 20_000;

/** Recordings lie in this folder of the data folder. So many are kept; the oldest leave when a new one comes. */
export const RECORDINGS_FOLDER = 'recordings';
export const MOST_RECORDINGS = 20;
/**
 * A recording is ended when its file is larger, bytes: some two hours of a reader that looks for cards. The drivers end
 * one sooner by themselves; this holds whatever they do.
 */
export const LARGEST_RECORDING = 5_000_000;

/** What a device is spoken to over. */
export const DEVICE_WAYS = ['serial', 'hid', 'tcp', 'cups'] as const;
export type DeviceWay = (typeof DEVICE_WAYS)[number];

export const DeviceViewSchema = v.strictObject({
  role,
  model: v.string(),
  path: v.string(),
  way: v.picklist(DEVICE_WAYS),
  state: v.picklist(['absent', 'connecting', 'ready', 'out-of-service']),
  simulated: v.boolean(),
  /** Names fault and place for the technician. */
  detail: v.nullable(v.string()),
  samId: v.nullable(v.string()),
  /** When the driver last said anything of it, the station's clock. */
  lastReportAt: v.nullable(moment),
  /** How often it came back since the start. */
  reconnects: count,
  health: DeviceHealthSchema,
});
export type DeviceView = v.InferOutput<typeof DeviceViewSchema>;

/** A device that somebody wants tried or saved, without its settings: those are the station's own or a profile's. */
export const DeviceChoiceSchema = v.variant('kind', [
  /** One that the terminal has, where it is or at another place. */
  v.strictObject({ kind: v.literal('configured'), role, place: v.nullable(ProfilePlaceSchema) }),
  v.strictObject({ kind: v.literal('profile'), profile: ProfileIdSchema, place: ProfilePlaceSchema }),
]);
export type DeviceChoice = v.InferOutput<typeof DeviceChoiceSchema>;

/** Why a device that was saved is not in the list, or one that was to leave still is. */
export const ROLL_BACK_REASONS = ['not-ready', 'not-written', 'console-left'] as const;
export type RollBackReason = (typeof ROLL_BACK_REASONS)[number];

const named = { role, model: v.string(), place: v.string() };
export const DeviceChangeViewSchema = v.variant('at', [
  v.strictObject({ at: v.literal('resting') }),
  /** The drivers run with it; the list on the disk is still the one before. */
  v.strictObject({ at: v.literal('trying'), ...named, leftMs: count }),
  v.strictObject({ at: v.picklist(['kept', 'removed']), ...named, since: moment }),
  /** The list that was saved is given up: the settings' devices hold. */
  v.strictObject({ at: v.literal('erased'), since: moment }),
  v.strictObject({ at: v.literal('not-erased'), since: moment, detail: v.string() }),
  v.strictObject({
    at: v.literal('rolled-back'),
    ...named,
    since: moment,
    reason: v.picklist(ROLL_BACK_REASONS),
    /** What its driver said last, or why the disk did not take it. */
    detail: v.nullable(v.string()),
  }),
]);
export type DeviceChangeView = v.InferOutput<typeof DeviceChangeViewSchema>;

/** Why a recording is over; `by-itself`: the drivers ended it and said why. */
export const RECORDING_ENDS = [
  'asked',
  'console-left',
  'too-large',
  'by-itself',
  'drivers-ended',
  'failed',
] as const;
export type RecordingEnd = (typeof RECORDING_ENDS)[number];

export const RecordingViewSchema = v.strictObject({
  /** In the folder `recordings` of the data folder. */
  file: v.string(),
  role,
  bytes: count,
  running: v.boolean(),
});
export type RecordingView = v.InferOutput<typeof RecordingViewSchema>;

export const ProfileChoiceSchema = v.strictObject({
  id: v.string(),
  /** Maker and model. */
  model: v.string(),
  role,
  way: v.picklist(DEVICE_WAYS),
  /** Of its fields, how many two sources or a measurement agree on. */
  verified: v.pipe(v.number(), v.integer(), v.minValue(0)),
  fields: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type ProfileChoice = v.InferOutput<typeof ProfileChoiceSchema>;

export const DevicesPageSchema = v.strictObject({
  /** Where the list in force comes from; a list that was saved wins. */
  source: v.picklist(['settings', 'saved']),
  /** Why the saved list cannot be used, a sentence for each fault. */
  listFaults: v.array(v.string()),
  devices: v.array(DeviceViewSchema),
  /** Whether whoever is logged in may do more than look. */
  mayChange: v.boolean(),
  change: DeviceChangeViewSchema,
  /** Newest first. */
  recordings: v.array(RecordingViewSchema),
  /** How the last recording ended, unless by wish. */
  recordingEnd: v.nullable(
    v.strictObject({ role, end: v.picklist(RECORDING_ENDS), detail: v.nullable(v.string()) }),
  ),
  profiles: v.array(ProfileChoiceSchema),
  /** Why there are no profiles to choose from. */
  profileFaults: v.array(v.string()),
});
export type DevicesPage = v.InferOutput<typeof DevicesPageSchema>;

export const DEVICE_REFUSALS = [
  /** The screen is the citizens': no device is taken away from under one. */
  'serving-citizens',
  'busy',
  'no-answer',
  'drivers-ended',
  'no-such-device',
  'no-such-profile',
  'nothing-saved',
  'wrong-place',
  /** This mode of operation does not allow such a device. */
  'relaxed',
  'recording-runs',
  'no-such-recording',
  'not-a-recording',
  'not-written',
] as const;
export type DeviceRefusal = (typeof DEVICE_REFUSALS)[number];

const refused = v.strictObject({
  kind: v.literal('refused'),
  reason: v.picklist(DEVICE_REFUSALS),
  /** For the technician: what exactly is wrong. */
  detail: v.nullable(v.string()),
});
const notAllowed = v.strictObject({ kind: v.literal('not-allowed') });
const done = v.variant('kind', [v.strictObject({ kind: v.literal('done') }), notAllowed, refused]);
const answered = <S extends v.GenericSchema>(view: S) =>
  v.variant('kind', [v.strictObject({ kind: v.literal('view'), view }), notAllowed, refused]);

export const AttachedViewSchema = v.strictObject({
  devices: v.array(AttachedDeviceSchema),
  /** What could not be listed and why. */
  trouble: v.nullable(v.string()),
});
export type AttachedView = v.InferOutput<typeof AttachedViewSchema>;

export const TrialViewSchema = v.strictObject({
  ...named,
  passed: v.boolean(),
  steps: v.array(TrialStepSchema),
});
export type TrialView = v.InferOutput<typeof TrialViewSchema>;

export const CONSOLE_DEVICE_METHODS = {
  devices: { input: nothing, output: allowed(DevicesPageSchema) },
  /** What is plugged in, whether or not anybody drives it. */
  attachedDevices: { input: nothing, output: answered(AttachedViewSchema) },
  /** Asks what answers at a connection. */
  identifyDevice: {
    input: v.strictObject({ connection: ConnectionSchema }),
    output: answered(IdentitySchema),
  },
  /** Changes nothing. With `card`, a reader waits for a test card and reads it; told while it runs by a push. */
  tryDevice: {
    input: v.strictObject({ choice: DeviceChoiceSchema, card: v.boolean() }),
    output: answered(TrialViewSchema),
  },
  /** Drives it from now on; it is kept when it becomes ready in time, else all is as it was. */
  saveDevice: { input: v.strictObject({ choice: DeviceChoiceSchema }), output: done },
  /** Takes a device off the terminal's list. */
  removeDevice: { input: v.strictObject({ role }), output: done },
  /** Gives up the list that was saved at this terminal. */
  eraseDeviceList: { input: nothing, output: done },
  /** Plays one that is kept to the driver of its device; asks no device. */
  replayRecording: { input: recordingFile, output: answered(ReplaySchema) },
  /** Tries the device of one that is kept; told while it runs by a push. Its place is the file's name. */
  tryRecording: { input: recordingFile, output: answered(TrialViewSchema) },
  startRecording: { input: v.strictObject({ role }), output: done },
  stopRecording: { input: v.strictObject({ role }), output: done },
} as const;
export type ConsoleDeviceMethods = typeof CONSOLE_DEVICE_METHODS;

/** What the station pushes to whoever is trying a device. */
export const CONSOLE_DEVICE_PUSHES = {
  /** Before the answer to the `tryDevice` or `tryRecording` that runs; there is one at a time. */
  trialProgress: TrialProgressSchema,
} as const;

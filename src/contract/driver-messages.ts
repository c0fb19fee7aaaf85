import * as v from 'valibot';
import { ConnectionSchema, DEVICE_ROLES, DeviceListSchema, DeviceSchema } from './device.ts';
import { AttachedDeviceSchema, IdentitySchema, TrialProgressSchema, TrialSchema } from './device-trial.ts';
import { PRINT_FAULTS, PrintDocumentSchema } from './receipt.ts';
import { ReplaySchema } from './recording-replay.ts';

/**
 * What station and driver process say to each other. Messages are structured-cloned (Node's `advanced` serialisation,
 * a MessagePort in Electron) and checked against these schemas on arrival, on both sides.
 */
const bytes = (length: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((value) => value.length === length, `must be ${length} bytes`),
  );
const shortText = v.pipe(v.string(), v.maxLength(200));
/** Chosen by whoever asks; the answer carries it back. */
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const recordingFile = v.pipe(v.string(), v.startsWith('/'), v.maxLength(400));

/** What the lamp tells the hall. */
export const LAMP_SIGNS = ['off', 'free', 'in-use', 'call-staff'] as const;
export type LampSign = (typeof LAMP_SIGNS)[number];

/** Station to drivers. */
export const DriverCommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('configure'), devices: DeviceListSchema }),
  /** Look for a card and read the next one that is laid down. */
  v.strictObject({ type: v.literal('reader.read') }),
  /** Stop reading; go on telling whether a card lies there. */
  v.strictObject({ type: v.literal('reader.watch') }),
  v.strictObject({ type: v.literal('scanner.start') }),
  v.strictObject({ type: v.literal('scanner.stop') }),
  /** Answered by `printed` with the same request. */
  v.strictObject({ type: v.literal('printer.print'), request, document: PrintDocumentSchema }),
  v.strictObject({ type: v.literal('lamp.show'), sign: v.picklist(LAMP_SIGNS) }),
  /** Answered by `attached`. */
  v.strictObject({ type: v.literal('devices.list'), request }),
  /** Asks what answers at a connection; answered by `identified`. */
  v.strictObject({ type: v.literal('device.identify'), request, connection: ConnectionSchema }),
  /**
   * Opens and tries a device while all that are driven rest; told by `trial.progress` and answered by `tried`. With
   * `card`, a reader waits for a test card and reads it.
   */
  v.strictObject({ type: v.literal('device.try'), request, device: DeviceSchema, card: v.boolean() }),
  /** Answered by a `health` for every device that is driven now. */
  v.strictObject({ type: v.literal('devices.health') }),
  /** Writes down the traffic of a role's device from its next connection on, which is made at once. */
  v.strictObject({
    type: v.literal('recording.start'),
    role: v.picklist(DEVICE_ROLES),
    /** A file that does not exist yet, in a folder that does. */
    file: recordingFile,
  }),
  v.strictObject({ type: v.literal('recording.stop'), role: v.picklist(DEVICE_ROLES) }),
  /** Plays a recording to a driver, without its device; answered by `replayed` or `recording.refused`. */
  v.strictObject({ type: v.literal('recording.replay'), request, file: recordingFile }),
  /** Tries the device of a recording as it was; told and answered as `device.try`, or by `recording.refused`. */
  v.strictObject({ type: v.literal('recording.try'), request, file: recordingFile }),
  v.strictObject({ type: v.literal('ping'), nonce: v.number() }),
  v.strictObject({ type: v.literal('stop') }),
]);
export type DriverCommand = v.InferOutput<typeof DriverCommandSchema>;

/** Why a card could not be read, in the classes of GA/T 467 that lead to different words for the citizen. */
export const CARD_FAULTS = [
  'put-back',
  'lift-and-replace',
  'wrong-card',
  'unreadable',
  'refused',
  'out-of-service',
] as const;
export type CardReadFault = (typeof CARD_FAULTS)[number];

/** What went by on a device's line since the drivers' process began. Counts only grow. */
export const DeviceHealthSchema = v.strictObject({
  connections: count,
  /** Answers or scans that were whole. */
  frames: count,
  /** Wrong checksums and lengths, cut and foreign frames. */
  damaged: count,
  /** Questions without an answer in time. */
  timeouts: count,
});
export type DeviceHealth = v.InferOutput<typeof DeviceHealthSchema>;
export const NO_HEALTH: DeviceHealth = { connections: 0, frames: 0, damaged: 0, timeouts: 0 };

/** Drivers to station. */
export const DriverReportSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('device'),
    role: v.picklist(DEVICE_ROLES),
    state: v.picklist(['absent', 'connecting', 'ready', 'out-of-service']),
    model: shortText,
    /** Security module id of a reader, when it has told it. */
    samId: v.nullable(shortText),
    simulated: v.boolean(),
    /** For technicians; names the fault and the place, no personal data. */
    detail: v.nullable(v.pipe(v.string(), v.maxLength(400))),
    health: DeviceHealthSchema,
  }),
  /** Counts alone, which are no news of the device. */
  v.strictObject({
    type: v.literal('health'),
    role: v.picklist(DEVICE_ROLES),
    health: DeviceHealthSchema,
  }),
  v.strictObject({ type: v.literal('card.laid') }),
  v.strictObject({
    type: v.literal('card.read'),
    text: bytes(256),
    photo: bytes(1024),
    /** Two times 512 bytes of features, or none: asked for only where the device's settings say so. */
    fingerprints: v.nullable(
      v.pipe(
        v.instance(Uint8Array),
        v.check((value) => value.length === 512 || value.length === 1024, 'must be 512 or 1024 bytes'),
      ),
    ),
    samId: shortText,
    simulated: v.boolean(),
    /** From the card being found to this message, milliseconds. */
    tookMs: v.number(),
  }),
  v.strictObject({
    type: v.literal('card.fault'),
    fault: v.picklist(CARD_FAULTS),
    /** SW3 of the module or the framing fault, for the technician. */
    detail: v.pipe(v.string(), v.maxLength(400)),
    /** SW3 where it speaks against the card, which is what the log keeps. */
    status: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xff))),
  }),
  v.strictObject({ type: v.literal('card.removed') }),
  v.strictObject({
    type: v.literal('scan'),
    text: v.pipe(v.string(), v.maxLength(4296)),
    simulated: v.boolean(),
  }),
  v.strictObject({ type: v.literal('scan.refused'), reason: v.picklist(['too-long', 'not-text']) }),
  v.strictObject({ type: v.literal('printed'), request, fault: v.nullable(v.picklist(PRINT_FAULTS)) }),
  v.strictObject({
    type: v.literal('attached'),
    request,
    devices: v.pipe(v.array(AttachedDeviceSchema), v.maxLength(200)),
    /** What could not be listed and why; null when all was. */
    trouble: v.nullable(v.pipe(v.string(), v.maxLength(400))),
  }),
  v.strictObject({ type: v.literal('identified'), request, identity: IdentitySchema }),
  /** Of the trial that was asked for with this request, before its `tried`. */
  v.strictObject({ type: v.literal('trial.progress'), request, progress: TrialProgressSchema }),
  v.strictObject({ type: v.literal('tried'), request, trial: TrialSchema }),
  v.strictObject({ type: v.literal('replayed'), request, replay: ReplaySchema }),
  /** A recording was neither played nor tried. */
  v.strictObject({
    type: v.literal('recording.refused'),
    request,
    reason: v.picklist(['unreadable', 'drivers-away']),
    /** Names the file, its line and what is wrong there. */
    detail: v.pipe(v.string(), v.maxLength(400)),
  }),
  /** A recording began, or ended: by command, by the process's end, or by what `detail` says. */
  v.strictObject({
    type: v.literal('recording'),
    role: v.picklist(DEVICE_ROLES),
    state: v.picklist(['running', 'ended', 'failed']),
    detail: v.nullable(v.pipe(v.string(), v.maxLength(400))),
  }),
  v.strictObject({
    type: v.literal('pong'),
    nonce: v.number(),
    /** Resident memory of the drivers' process, bytes. */
    memory: v.pipe(v.number(), v.minValue(0)),
  }),
]);
export type DriverReport = v.InferOutput<typeof DriverReportSchema>;

import * as v from 'valibot';

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

export const DEVICE_ROLES = ['reader', 'scanner'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

/** One device to drive. A technician's profile file has the same shape. */
export const DeviceProfileSchema = v.variant('role', [
  v.strictObject({
    role: v.literal('reader'),
    model: shortText,
    protocol: v.literal('sdt'),
    path: v.pipe(v.string(), v.startsWith('/'), v.maxLength(400)),
    baudRate: v.picklist([9600, 19200, 38400, 57600, 115200]),
    /** Milliseconds between two looks for a card. */
    pollInterval: v.optional(v.pipe(v.number(), v.integer(), v.minValue(50), v.maxValue(5000)), 200),
    simulated: v.boolean(),
  }),
  v.strictObject({
    role: v.literal('scanner'),
    model: shortText,
    protocol: v.literal('line'),
    path: v.pipe(v.string(), v.startsWith('/'), v.maxLength(400)),
    baudRate: v.picklist([9600, 19200, 38400, 57600, 115200]),
    suffix: v.optional(v.picklist(['cr', 'lf', 'crlf']), 'cr'),
    simulated: v.boolean(),
  }),
]);
export type DeviceProfile = v.InferOutput<typeof DeviceProfileSchema>;

/** Station to drivers. */
export const DriverCommandSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('configure'),
    devices: v.pipe(v.array(DeviceProfileSchema), v.maxLength(16)),
  }),
  /** Look for a card and read the next one that is laid down. */
  v.strictObject({ type: v.literal('reader.read') }),
  /** Stop reading; go on telling whether a card lies there. */
  v.strictObject({ type: v.literal('reader.watch') }),
  v.strictObject({ type: v.literal('scanner.start') }),
  v.strictObject({ type: v.literal('scanner.stop') }),
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
  }),
  v.strictObject({ type: v.literal('card.laid') }),
  v.strictObject({
    type: v.literal('card.read'),
    text: bytes(256),
    photo: bytes(1024),
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
  }),
  v.strictObject({ type: v.literal('card.removed') }),
  v.strictObject({
    type: v.literal('scan'),
    text: v.pipe(v.string(), v.maxLength(4296)),
    simulated: v.boolean(),
  }),
  v.strictObject({ type: v.literal('scan.refused'), reason: v.picklist(['too-long', 'not-text']) }),
  v.strictObject({ type: v.literal('pong'), nonce: v.number() }),
]);
export type DriverReport = v.InferOutput<typeof DriverReportSchema>;

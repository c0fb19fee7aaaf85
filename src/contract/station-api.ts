import * as v from 'valibot';
import { LANGUAGES } from '#domain/language.ts';
import { ACTIONS } from '#domain/liveness/action.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import { TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { type Snapshot, VISITS } from '#domain/session/snapshot.ts';
import { CameraProfileSchema } from './camera-profile.ts';

/** Largest message the station reads from a renderer, in characters. A batch of frames is about 20 000. */
export const LARGEST_MESSAGE = 400_000;

const base64 = (largest: number) =>
  v.pipe(v.string(), v.maxLength(largest), v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'not base64'));
const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
const attempt = v.picklist([1, 2]);
/** Renderer clock, milliseconds. A year of uptime is 3.2e10. */
const rendererTime = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e11));

const plainEvents = [
  'start',
  'continue',
  'no-phone',
  'call-console',
  'agree',
  'decline',
  'confirm-phone',
  'other-phone',
  'try-again',
  'ask-staff',
  'open-exchange',
  'keep-portrait',
  'retake-portrait',
  'submit',
  'finish',
  'back',
  'cancel',
  'confirm-cancel',
  'keep-going',
  'open-help',
  'close-help',
  'more-time',
] as const;

export const CitizenEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal('choose-language'), language: v.picklist(LANGUAGES) }),
  v.strictObject({ type: v.literal('choose-visit'), visit: v.picklist(VISITS) }),
  v.strictObject({
    type: v.literal('exchange-actions'),
    actions: v.pipe(v.array(v.picklist(ACTIONS)), v.maxLength(ACTIONS.length), v.readonly()),
  }),
  v.strictObject({ type: v.picklist(plainEvents) }),
]) satisfies v.GenericSchema<unknown, CitizenEvent>;

const colour = v.strictObject({ red: share, green: share, blue: share });

/** A landmark frame as it crosses the channel: points as little-endian Int16 in base64. */
export const WireFrameSchema = v.strictObject({
  at: rendererTime,
  width: v.pipe(v.number(), v.integer(), v.minValue(160), v.maxValue(4095)),
  height: v.pipe(v.number(), v.integer(), v.minValue(120), v.maxValue(4095)),
  faces: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4)),
  points: v.nullable(v.pipe(base64(1200), v.length(Math.ceil((TRACKED_POINTS.length * 6) / 3) * 4))),
  secondFaceShare: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10)),
  light: v.nullable(
    v.strictObject({
      mean: share,
      overexposed: share,
      evenness: share,
      dynamicRange: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(8)),
      sharpness: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e7)),
      variance: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1)),
      background: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(255)),
    }),
  ),
  texture: v.nullable(
    v.strictObject({
      moire: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10_000)),
      bezel: share,
    }),
  ),
  colour: v.nullable(v.strictObject({ face: colour, surround: colour })),
  digest: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffff_ffff)),
});
export type WireFrame = v.InferOutput<typeof WireFrameSchema>;

/** Every method that a citizen's window can call: one named-parameter object in, one value out. */
export const CITIZEN_METHODS = {
  /** Asks for the present snapshot; sent first, and again after a reload. */
  attach: { input: v.strictObject({}), output: v.custom<Snapshot>((value) => typeof value === 'object') },
  /** A touch. `accepted` is false when the session has moved on meanwhile. */
  act: {
    input: v.strictObject({ event: CitizenEventSchema }),
    output: v.strictObject({ accepted: v.boolean() }),
  },
  /** The typed citizen number, 18 characters. A problem comes back on the snapshot. */
  submitNumber: {
    input: v.strictObject({ number: v.pipe(v.string(), v.maxLength(32)) }),
    output: v.strictObject({ accepted: v.boolean() }),
  },
  /** The typed or confirmed name. A problem comes back on the snapshot. */
  submitName: {
    input: v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)) }),
    output: v.strictObject({ accepted: v.boolean() }),
  },
  /** Both entries of a new e-ID password, or the one of an existing e-ID's; 8 digits each. A problem comes back on the snapshot. */
  submitPassword: {
    input: v.strictObject({
      password: v.pipe(v.string(), v.maxLength(16)),
      repeat: v.nullable(v.pipe(v.string(), v.maxLength(16))),
    }),
    output: v.strictObject({ accepted: v.boolean() }),
  },
  /** How the terminal's camera is built in; asked before it is opened. */
  cameraProfile: { input: v.strictObject({}), output: CameraProfileSchema },
  /** What became of the camera; sent when it starts, fails or changes. */
  reportCamera: {
    input: v.strictObject({
      state: v.picklist([
        'running',
        'missing',
        'refused',
        'busy',
        'too-slow',
        'too-small',
        'upside-down',
        'ended',
        'tracker-failed',
      ]),
      label: v.pipe(v.string(), v.maxLength(200)),
      deviceId: v.pipe(v.string(), v.maxLength(200)),
      width: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
      height: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
    }),
    output: v.strictObject({}),
  },
  /** A batch of landmark frames, oldest first, sent about every 100 ms. `sentAt` is the renderer's clock. */
  sendFrames: {
    input: v.strictObject({
      attempt,
      sentAt: rendererTime,
      frames: v.pipe(v.array(WireFrameSchema), v.maxLength(64)),
    }),
    output: v.strictObject({}),
  },
  /** The prompt stands painted on the screen since `at`. */
  reportPrompt: {
    input: v.strictObject({
      attempt,
      index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7)),
      action: v.picklist(ACTIONS),
      at: rendererTime,
    }),
    output: v.strictObject({}),
  },
  /** The flash stands painted on the screen since `at`. */
  reportFlash: {
    input: v.strictObject({
      attempt,
      index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7)),
      colour: v.picklist(FLASH_COLOURS),
      at: rendererTime,
    }),
    output: v.strictObject({}),
  },
  /** The picture that a `capture` command asked for. */
  sendKeyFrame: {
    input: v.strictObject({
      requestId: v.pipe(v.number(), v.integer(), v.minValue(0)),
      at: rendererTime,
      jpeg: base64(90_000),
    }),
    output: v.strictObject({}),
  },
} as const;

export type CitizenMethods = typeof CITIZEN_METHODS;

/** Station to renderer: pictures are asked for at moments that the station chooses. */
export const FaceCommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('start'), attempt }),
  v.strictObject({
    type: v.literal('capture'),
    requestId: v.pipe(v.number(), v.integer()),
    /** `portrait` asks for an ICAO crop of the best frame since the last portrait, the others for the frame as it is. */
    crop: v.picklist(['none', 'portrait']),
    /** Longest side in pixels. */
    size: v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(1024)),
    quality: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)),
  }),
  /** What was seen so far makes no portrait: the best frame is looked for from here on. */
  v.strictObject({ type: v.literal('forget') }),
  v.strictObject({ type: v.literal('stop') }),
]);
export type FaceCommand = v.InferOutput<typeof FaceCommandSchema>;

/** What the station pushes. */
export const CITIZEN_PUSHES = {
  snapshot: v.custom<Snapshot>((value) => typeof value === 'object' && value !== null),
  face: FaceCommandSchema,
} as const;
export type CitizenPushes = typeof CITIZEN_PUSHES;

import * as v from 'valibot';
import {
  type CameraProfile,
  FrameRateSchema,
  PictureCropSchema,
  PLAIN_CAMERA,
  RotationSchema,
} from './camera-profile.ts';
import { type Device, MOST_DEVICES } from './device.ts';
import { inFile, type OperationalName } from './operational-settings.ts';
import { WrittenDeviceSchema } from './profiled-device.ts';

const milliseconds = (smallest: number, largest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(smallest), v.maxValue(largest));

/**
 * `demo` shows the product to anybody, with simulated devices. `pilot` serves real citizens with real devices under the
 * eyes of those who run it; `production` refuses every relaxation. `station/settings/relaxations.ts` lists them.
 */
export const OPERATION_MODES = ['demo', 'pilot', 'production'] as const;
export type OperationMode = (typeof OPERATION_MODES)[number];

/**
 * The station's settings file. Every field has a bound; unknown fields are refused. Those of `operational-settings.ts`
 * may be set by the registry too; the others are this terminal's own.
 */
export const StationSettingsSchema = v.strictObject({
  mode: v.picklist(OPERATION_MODES),
  stationName: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  registryUrl: v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(300)),
  dataFolder: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
  /** Each in full, or by the name of a profile. */
  devices: v.pipe(v.array(WrittenDeviceSchema), v.maxLength(MOST_DEVICES)),
  camera: v.optional(
    v.strictObject({
      /** `simulated` is a demo relaxation: the camera's identity then does not come from the system. */
      source: v.picklist(['system', 'simulated']),
      /** How it is built in; `camera-profile.ts` says what each does and what holds where it is missing. */
      rotation: v.optional(RotationSchema),
      mirror: v.optional(v.boolean()),
      crop: v.optional(PictureCropSchema),
      minimumFrameRate: v.optional(FrameRateSchema),
    }),
    { source: 'system' },
  ),
  /** Which of the switchable checks of a face are made; docs/liveness.md says what each is worth. */
  liveness: v.optional(
    v.strictObject({
      /** Whether the screen lights the face with colours before the first action. */
      flash: v.optional(v.boolean(), false),
      /** Whether turned views could be views of a flat picture. */
      depth: v.optional(v.boolean(), true),
      /** Whether the picture shows a screen's pixels or frame. */
      texture: v.optional(v.boolean(), true),
    }),
    {},
  ),
  offlineLimits: v.optional(
    v.strictObject({
      days: inFile('offlineLimits.days'),
      warnDays: inFile('offlineLimits.warnDays'),
      packets: inFile('offlineLimits.packets'),
      freeMegabytes: inFile('offlineLimits.freeMegabytes'),
    }),
    {},
  ),
  openingLanguage: inFile('openingLanguage'),
  retentionDays: inFile('retentionDays'),
  idle: v.optional(
    v.strictObject({ warnAfterMs: inFile('idle.warnAfterMs'), resetAfterMs: inFile('idle.resetAfterMs') }),
    {},
  ),
  decisionWaitMs: inFile('decisionWaitMs'),
  portraitDecoder: v.optional(
    v.nullable(
      v.strictObject({
        command: v.pipe(v.string(), v.startsWith('/'), v.maxLength(400)),
        arguments: v.pipe(v.array(v.pipe(v.string(), v.maxLength(400))), v.maxLength(16)),
        timeoutMs: milliseconds(100, 30_000),
      }),
    ),
    null,
  ),
});
export type StationSettings = Omit<v.InferOutput<typeof StationSettingsSchema>, 'devices'> & {
  /** In full. */
  readonly devices: readonly Device[];
  /**
   * Line in the file of each operational setting that the file gives; the others are defaults. Where it is missing,
   * the settings were made by a program, and all of them count as given.
   */
  readonly given?: ReadonlyMap<OperationalName, number>;
};

/** How the camera is built in, with what the file leaves out as it is for most. */
export function cameraProfileOf(settings: Pick<StationSettings, 'camera'>): CameraProfile {
  const { rotation, mirror, crop, minimumFrameRate } = settings.camera;
  return {
    rotation: rotation ?? PLAIN_CAMERA.rotation,
    mirror: mirror ?? PLAIN_CAMERA.mirror,
    crop: crop ?? PLAIN_CAMERA.crop,
    minimumFrameRate: minimumFrameRate ?? PLAIN_CAMERA.minimumFrameRate,
  };
}

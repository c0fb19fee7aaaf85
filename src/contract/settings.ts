import * as v from 'valibot';
import { DeviceProfileSchema } from './driver-messages.ts';

const milliseconds = (smallest: number, largest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(smallest), v.maxValue(largest));

/** `production` refuses everything that was relaxed for a demonstration; a later file says what a pilot may. */
export const OPERATION_MODES = ['demo', 'pilot', 'production'] as const;
export type OperationMode = (typeof OPERATION_MODES)[number];

/** The station's settings file. Every field has a bound; unknown fields are refused. */
export const StationSettingsSchema = v.strictObject({
  mode: v.picklist(OPERATION_MODES),
  stationName: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  registryUrl: v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(300)),
  dataFolder: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
  devices: v.pipe(v.array(DeviceProfileSchema), v.maxLength(16)),
  camera: v.optional(
    v.strictObject({
      /** `simulated` is a demo relaxation: the camera's identity then does not come from the system. */
      source: v.picklist(['system', 'simulated']),
    }),
    { source: 'system' },
  ),
  offlineLimits: v.optional(
    v.strictObject({
      days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90)),
      warnDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(30)),
      packets: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
      freeMegabytes: v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(1_000_000)),
    }),
    { days: 10, warnDays: 2, packets: 10_000, freeMegabytes: 256 },
  ),
  retentionDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90)), 7),
  idle: v.optional(
    v.strictObject({ warnAfterMs: milliseconds(5_000, 900_000), resetAfterMs: milliseconds(5_000, 120_000) }),
    { warnAfterMs: 120_000, resetAfterMs: 30_000 },
  ),
  /** Longest wait for a decision while the citizen stands there. */
  decisionWaitMs: v.optional(milliseconds(0, 30_000), 8_000),
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
export type StationSettings = v.InferOutput<typeof StationSettingsSchema>;

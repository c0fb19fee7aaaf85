import * as v from 'valibot';
import { DEVICE_ROLES } from './device.ts';

/** Of a replay so many reports are told, the first ones. */
export const MOST_REPLAYED_REPORTS = 500;

/** What a recording gave when it was played to the driver of its device. No content of a card or code. */
export const ReplaySchema = v.strictObject({
  role: v.picklist(DEVICE_ROLES),
  model: v.pipe(v.string(), v.maxLength(200)),
  /** When it was recorded: ISO 8601, UTC. */
  started: v.pipe(v.string(), v.maxLength(40)),
  reports: v.pipe(
    v.array(
      v.strictObject({
        line: v.pipe(v.string(), v.maxLength(200)),
        detail: v.pipe(v.string(), v.maxLength(400)),
      }),
    ),
    v.maxLength(MOST_REPLAYED_REPORTS),
  ),
  /** Reports behind those. */
  leftOut: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** What is otherwise than it was recorded, a sentence each; none when the driver did as it did then. */
  faults: v.pipe(v.array(v.pipe(v.string(), v.maxLength(400))), v.maxLength(10)),
});
export type RecordingReplay = v.InferOutput<typeof ReplaySchema>;

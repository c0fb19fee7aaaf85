import { THRESHOLDS } from '../thresholds.ts';
import { crossing, type Observed } from './detection.ts';

/** Eyes shut for a while; `endedAt` is null while they still are. */
export interface Closure {
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Shortest time that the frames prove plus interpolation at both ends, ms; up to now while it lasts. */
  readonly lastsMs: number;
}

/**
 * Closures in the observed span, whatever their length, each eye against its own baseline: of both eyes, so that the more
 * open one counts, or of either. Beginning and end are interpolated between frames. Frames in which the head is turned away from its own front say nothing about the eyes.
 */
export function findClosures(observed: Observed, eyes: 'both' | 'either'): Closure[] {
  const { baseline } = observed;
  const openness = eyes === 'both' ? Math.max : Math.min;
  const closures: Closure[] = [];
  let before: { at: number; value: number } | undefined;
  let beganAt: number | undefined;
  let last: number | undefined;
  for (const signals of observed.signals) {
    if (signals.at > observed.until) break;
    if (Math.abs(signals.yaw - baseline.yaw) > THRESHOLDS.frontYaw.value) {
      before = undefined;
      beganAt = undefined;
      continue;
    }
    const now = {
      at: signals.at,
      value: openness(signals.rightEye / baseline.rightEye, signals.leftEye / baseline.leftEye),
    };
    last = now.at;
    if (beganAt === undefined && now.value < THRESHOLDS.eyesShut.value && before !== undefined) {
      beganAt = crossing({ before, after: now, level: THRESHOLDS.eyesShut.value });
    } else if (beganAt !== undefined && before !== undefined && now.value > THRESHOLDS.eyesReopened.value) {
      const endedAt = crossing({ before, after: now, level: THRESHOLDS.eyesReopened.value });
      if (beganAt >= observed.from) closures.push({ beganAt, endedAt, lastsMs: endedAt - beganAt });
      beganAt = undefined;
    }
    before = now;
  }
  if (beganAt !== undefined && last !== undefined && beganAt >= observed.from) {
    closures.push({ beganAt, endedAt: null, lastsMs: last - beganAt });
  }
  return closures;
}

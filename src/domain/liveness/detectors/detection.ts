import type { Baseline } from '../baseline.ts';
import type { Signals } from '../signals.ts';

/** Where a detector looks: smoothed signals in time order, of which it counts movements that begin within the span. */
export interface Observed {
  readonly signals: readonly Signals[];
  readonly baseline: Baseline;
  /** Movements that began before this time were not an answer. */
  readonly from: number;
  readonly until: number;
}

export type Detection =
  | { readonly state: 'waiting' }
  /** The movement has reached its level and is not carried through yet: the moment for a picture. */
  | { readonly state: 'under-way'; readonly beganAt: number; readonly reachedAt: number }
  | {
      readonly state: 'done';
      readonly beganAt: number;
      readonly reachedAt: number;
      readonly doneAt: number;
    };

export type Detector = (observed: Observed) => Detection;

/** When a straight line between two samples crosses a level. */
export function crossing({
  before,
  after,
  level,
}: {
  readonly before: { readonly at: number; readonly value: number };
  readonly after: { readonly at: number; readonly value: number };
  readonly level: number;
}): number {
  const span = after.value - before.value;
  if (span === 0) return after.at;
  const share = Math.max(0, Math.min(1, (level - before.value) / span));
  return before.at + share * (after.at - before.at);
}

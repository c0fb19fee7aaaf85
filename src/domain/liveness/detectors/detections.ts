import { ACTIONS, type Action } from '../action.ts';
import type { Baseline } from '../baseline.ts';
import type { Signals } from '../signals.ts';
import { DETECTORS } from './detectors.ts';

/** A movement that was carried through. */
export interface DoneMovement {
  readonly action: Action;
  readonly beganAt: number;
  readonly reachedAt: number;
  readonly doneAt: number;
}

/**
 * Every movement of every kind in a whole trace, by the detectors themselves, in the order in which they began: found
 * once, so that one recording can be laid against many plans without being looked at again.
 */
export function findMovements({
  signals,
  baseline,
}: {
  /** Smoothed, in time order. */
  readonly signals: readonly Signals[];
  readonly baseline: Baseline;
}): DoneMovement[] {
  return ACTIONS.flatMap((action) => {
    const found: DoneMovement[] = [];
    let from = Number.NEGATIVE_INFINITY;
    for (;;) {
      const next = DETECTORS[action]({ signals, baseline, from, until: Number.POSITIVE_INFINITY });
      if (next.state !== 'done') return found;
      found.push({ action, beganAt: next.beganAt, reachedAt: next.reachedAt, doneAt: next.doneAt });
      // What begins later is another movement; a beginning is never before `from`, so this ends.
      from = next.doneAt;
    }
  }).sort((a, b) => a.beganAt - b.beganAt);
}

import type { Signals } from '../signals.ts';
import { crossing, type Detection, type Observed } from './detection.ts';

/** A movement that leaves rest, reaches a level and stays there for a while: all but the blink. */
export interface HeldMovement {
  /** NaN where the frame does not show this movement for itself: one under way is then over. */
  readonly measure: (signals: Signals) => number;
  /** Below it the movement has not begun. */
  readonly onset: number;
  readonly level: number;
  readonly holdMs: number;
}

/** Share of the level that still counts as held, so that noise around the level does not start it over. */
const HELD_SHARE = 0.85;

/**
 * Looks for the movement beginning after `from`: a head that was turned when the prompt came must come back first.
 * The beginning is interpolated between frames, so that a slow camera does not make it early.
 */
export function findHeldMovement(movement: HeldMovement, observed: Observed): Detection {
  let before: { at: number; value: number } | undefined;
  let beganAt: number | undefined;
  let reachedAt: number | undefined;
  for (const signals of observed.signals) {
    if (signals.at > observed.until) break;
    const now = { at: signals.at, value: movement.measure(signals) };
    if (Number.isNaN(now.value)) {
      before = undefined;
      beganAt = undefined;
      reachedAt = undefined;
      continue;
    }
    if (now.value < movement.onset) {
      beganAt = undefined;
      reachedAt = undefined;
    } else if (before !== undefined && before.value < movement.onset) {
      const began = crossing({ before, after: now, level: movement.onset });
      beganAt = began >= observed.from ? began : undefined;
      reachedAt = undefined;
    }
    before = now;
    if (beganAt === undefined) continue;
    if (reachedAt === undefined) {
      if (now.value >= movement.level) reachedAt = now.at;
    } else if (now.value < movement.level * HELD_SHARE) {
      reachedAt = undefined;
    } else if (now.at - reachedAt >= movement.holdMs) {
      return { state: 'done', beganAt, reachedAt, doneAt: now.at };
    }
  }
  return beganAt === undefined || reachedAt === undefined
    ? { state: 'waiting' }
    : { state: 'under-way', beganAt, reachedAt };
}

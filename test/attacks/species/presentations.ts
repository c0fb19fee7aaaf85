import type { Performer } from '../../citizens/performer.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { PRESENTATIONS, type Presentation } from './species.ts';

/** A species' presentations, each under conditions of its own. */
export function presentationsOf(options: {
  readonly species: string;
  /** Unlike that of every other species. */
  readonly seed: number;
  readonly stage: (conditions: Conditions, index: number) => Performer;
  /** What else tells this presentation from the species' others. */
  readonly describe?: (conditions: Conditions, index: number) => Readonly<Record<string, string | number>>;
}): readonly Presentation[] {
  return Array.from({ length: PRESENTATIONS }, (_, index) => {
    const conditions = conditionsOf(options.seed, index);
    return {
      id: `${options.species}-${String(index + 1).padStart(2, '0')}`,
      identity: conditions.victim,
      conditions: {
        light: conditions.light.kind,
        level: conditions.light.level,
        distance: Math.round(conditions.distance * 10) / 10,
        ...options.describe?.(conditions, index),
      },
      perform: options.stage(conditions, index),
    };
  });
}

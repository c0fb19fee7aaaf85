import type { Baseline } from '#domain/liveness/baseline.ts';
import { baselineOf, framesWithin, neutralSpan } from '#domain/liveness/judge.ts';
import type { Conducting } from './conducting.ts';

/** The person's own baseline, from the very frames that the judge will take it from. */
export function baselineSoFar(state: Conducting): Baseline | null {
  const span = neutralSpan(state);
  return span === null ? null : baselineOf(framesWithin(state.trace, span));
}

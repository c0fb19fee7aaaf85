import type { Baseline } from '../baseline.ts';
import { findClosures } from '../detectors/closures.ts';
import { isTurn, type Plan } from '../plan.ts';
import type { Signals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { type SoftFinding, softAtLeast } from './finding.ts';

/**
 * Whether anything within the face moved in a try that asked for nothing of the kind: 6 of the 96 orders are turns and a
 * nod only, and a bust that is turned and bowed by hand answers them. A blink of both eyes tells, of any length: people
 * blink every few seconds, so in the ten seconds of a try hardly one does not, and that one is looked at by a person.
 */
export function stiffnessFindings({
  plan,
  signals,
  baseline,
}: {
  readonly plan: Plan;
  /** Smoothed, in time order. */
  readonly signals: readonly Signals[];
  readonly baseline: Baseline;
}): SoftFinding[] {
  if (!plan.steps.every(({ action }) => action === 'nod' || isTurn(action))) return [];
  const closures = findClosures(
    {
      signals,
      baseline,
      from: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    },
    'both',
  );
  return [
    softAtLeast({
      name: 'blinks',
      value: closures.length,
      threshold: THRESHOLDS.blinksUnasked.value,
      reason: 'stiff-face',
    }),
  ];
}

import type { Action } from '../action.ts';
import { isTurn, type Plan } from '../plan.ts';
import { type SoftFinding, softAtLeast, softAtMost } from './finding.ts';

/**
 * An attacker could exchange the turn and cut the eyes out of a photo, so a plan with exchanged actions, or without a
 * turn, is decided by a person.
 */
export function exchangeFindings({
  plan,
  exchanges,
}: {
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
}): SoftFinding[] {
  return [
    softAtMost({
      name: 'exchanged-actions',
      value: new Set(exchanges).size,
      threshold: 0,
      reason: 'actions-exchanged',
    }),
    softAtLeast({
      name: 'turns',
      value: plan.steps.filter(({ action }) => isTurn(action)).length,
      threshold: 1,
      reason: 'no-turn',
    }),
  ];
}

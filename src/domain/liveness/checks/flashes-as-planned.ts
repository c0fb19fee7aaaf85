import type { JudgedTry } from '../judge.ts';
import { atMost, type Finding } from './finding.ts';

/**
 * Whether the flashes came in the plan's order, before the first prompt. A try without any was held with flashes switched
 * off; colours that the page could not paint are missing, and then the response tells nothing (`flash-response.ts`).
 */
export function flashesAsPlanned({
  plan,
  flashes,
  prompts,
}: Pick<JudgedTry, 'plan' | 'flashes' | 'prompts'>): Finding[] {
  if (flashes.length === 0) return [];
  let place = -1;
  let latest = Number.NEGATIVE_INFINITY;
  const misplaced = flashes.filter(({ colour, shownAt }) => {
    const next = plan.flashes.indexOf(colour);
    const fits =
      next > place && shownAt > latest && shownAt < (prompts[0]?.shownAt ?? Number.POSITIVE_INFINITY);
    place = Math.max(place, next);
    latest = Math.max(latest, shownAt);
    return !fits;
  }).length;
  return [
    atMost({ name: 'flashes-as-planned', value: misplaced, threshold: 0, reason: 'evidence-incomplete' }),
  ];
}

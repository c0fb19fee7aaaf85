import type { BarResult } from './bars.ts';
import { apcer, bpcer, bpcerRefused, notStopped } from './rates.ts';
import type { AttackResults } from './results.ts';
import { CLAIM } from './wording.ts';

/** The same for programs: every number of the report, and every presentation's verdict with its checks. */
export function reportJson(results: AttackResults, bars: readonly BarResult[]): string {
  const { species, live, replayed, missing, outdated } = results;
  const report = {
    claim: CLAIM,
    bars,
    species: species.map(({ species: { id, kind, name, has, stops }, rates, judged }) => ({
      ...{ id, kind, name, has, stops, rates },
      apcer: apcer(rates),
      notStopped: notStopped(rates),
      presentations: judged,
    })),
    live:
      live === null
        ? null
        : {
            ...{ all: live.all, wellPlaced: live.wellPlaced, byPlace: live.byPlace, byHabit: live.byHabit },
            bpcer: bpcer(live.wellPlaced),
            bpcerRefused: bpcerRefused(live.wellPlaced),
            presentations: live.judged,
          },
    replayed: replayed.map(({ species: { id }, all, recordings }) => ({ species: id, all, recordings })),
    missing,
    outdated,
  };
  return `${JSON.stringify(report, null, 1)}\n`;
}

import { replayedTogether } from '../replay/drawn-plans.ts';
import type { SpeciesKind } from '../species/species.ts';
import { bpcer, bpcerRefused, type Share } from './rates.ts';
import type { AttackResults } from './results.ts';
import { percent, seconds } from './wording.ts';

/** A limit that the run must keep. */
export interface Bar {
  readonly id: string;
  readonly sentence: string;
  /** Null when the run showed nothing of the kind. */
  readonly measure: (results: AttackResults) => Measured | null;
}

interface Measured {
  readonly met: boolean;
  readonly found: string;
}

export interface BarResult {
  readonly id: string;
  readonly sentence: string;
  readonly outcome: 'met' | 'missed' | 'not-measured';
  readonly found: string;
}

const LIVE_LIMIT = 0.05;
const LIVE_MEDIAN_MS = 12_000;
const REPLAY_TRY_LIMIT = 0.015;
const REPLAY_SESSION_LIMIT = 0.03;

const CONTENTS = { single: 'a replay of one action', loop: 'a replay of all six' } as const;

export const BARS: readonly Bar[] = [
  nonePasses('paper', 'No photo on paper passes'),
  nonePasses('mannequin', 'No rigid head passes'),
  nonePasses('injection', 'No frozen or looped injection passes'),
  nonePasses('splice', 'No spliced recording passes'),
  nonePasses('swap', "No try passes in which another person's photo is shown half-way"),
  nonePasses('two-people', 'No try passes with two people'),
  ...(['single', 'loop'] as const).flatMap((content) => [replayTries(content), replaySessions(content)]),
  {
    id: 'replay-foreseen',
    sentence: 'No replay passes that the order of its movements alone should have failed',
    measure: ({ replayed }) => {
      if (replayed.length === 0) return null;
      const unforeseen = replayed.flatMap(({ all }) => all.unforeseen);
      const conducted = replayed.reduce((sum, { all }) => sum + all.conducted, 0);
      const found = unforeseen.length === 0 ? 'none' : unforeseen.join(', ');
      return { met: unforeseen.length === 0, found: `${found}, ${conducted} tries conducted in full` };
    },
  },
  {
    id: 'live-passes',
    sentence: `At most ${percent(LIVE_LIMIT)} of living people do not pass, where no hint asks for a better position`,
    measure: ({ live }) => {
      if (live === null || live.wellPlaced.presentations === 0) return null;
      const strict = bpcer(live.wellPlaced);
      const refused = bpcerRefused(live.wellPlaced);
      const apart = `refused alone ${percent(refused.share)}`;
      return { met: strict.share <= LIVE_LIMIT, found: `${shareWords(strict)}; ${apart}` };
    },
  },
  {
    id: 'live-time',
    sentence: `Half of the living people need at most ${seconds(LIVE_MEDIAN_MS)} from face found to verdict`,
    measure: ({ live }) => {
      const median = live?.wellPlaced.medianTook ?? null;
      return median === null ? null : { met: median <= LIVE_MEDIAN_MS, found: seconds(median) };
    },
  },
];

export function barResults(results: AttackResults): readonly BarResult[] {
  return BARS.map(({ id, sentence, measure }) => {
    const measured = measure(results);
    if (measured === null) return { id, sentence, outcome: 'not-measured', found: 'nothing shown' };
    return { id, sentence, outcome: measured.met ? 'met' : 'missed', found: measured.found };
  });
}

function nonePasses(kind: SpeciesKind, sentence: string): Bar {
  return {
    id: `none-of-${kind}`,
    sentence,
    measure: ({ species }) => {
      const rates = species.filter((each) => each.species.kind === kind).map((each) => each.rates);
      const presentations = rates.reduce((sum, each) => sum + each.presentations, 0);
      if (presentations === 0) return null;
      const live = rates.reduce((sum, each) => sum + each.live, 0);
      const referred = rates.reduce((sum, each) => sum + each.referred, 0);
      return { met: live === 0, found: `${live} of ${presentations}, ${referred} referred` };
    },
  };
}

function together({ replayed }: AttackResults, content: keyof typeof CONTENTS) {
  const own = replayed.filter(({ species }) => species.id.startsWith(`replay-${content}-`));
  return own.length === 0
    ? null
    : replayedTogether(
        content,
        own.map(({ all }) => all),
      );
}

/**
 * Of the tries that pass, as everywhere; those that the movements did not stop and that were referred are told beside it.
 * Blinks never count against anybody who was not asked for one, so a clip with a blink among its first three movements
 * keeps two of the 96 orders: 1.6 % of tries on average is what movements alone can do.
 */
function replayTries(content: keyof typeof CONTENTS): Bar {
  return {
    id: `replay-${content}-tries`,
    sentence: `At most ${percent(REPLAY_TRY_LIMIT)} of tries with ${CONTENTS[content]} pass, over drawn plans`,
    measure: (results) => {
      const all = together(results, content);
      if (all === null) return null;
      const share = all.live / all.tries;
      const referred = percent(all.referred / all.tries);
      return {
        met: share <= REPLAY_TRY_LIMIT,
        found: `${percent(share)} of ${all.tries}; referred ${referred}`,
      };
    },
  };
}

function replaySessions(content: keyof typeof CONTENTS): Bar {
  return {
    id: `replay-${content}-sessions`,
    sentence: `At most ${percent(REPLAY_SESSION_LIMIT)} of sessions with ${CONTENTS[content]} pass`,
    measure: (results) => {
      const all = together(results, content);
      if (all === null) return null;
      const share = all.sessionsLive / all.sessions;
      const referred = percent((all.sessionsNotStopped - all.sessionsLive) / all.sessions);
      return {
        met: share <= REPLAY_SESSION_LIMIT,
        found: `${percent(share)} of ${all.sessions}; referred ${referred}`,
      };
    },
  };
}

function shareWords({ count, of, share, bound }: Share): string {
  return `${count} of ${of}, ${percent(share)}, at most ${percent(bound)} at 95 %`;
}

import { COMPARISON_TABLE } from '#domain/comparison/comparison-table.ts';
import { type Proportion, proportion } from './proportion.ts';

/** Distances of pairs of which it is known whether they show one person. */
export interface Distances {
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

export interface Rates {
  /** Other people that the table calls the same. */
  readonly falseSame: Proportion;
  /** The same person that the table calls another. */
  readonly falseDifferent: Proportion;
  readonly genuineUntold: Proportion;
  readonly impostorUntold: Proportion;
  /** Where as many are falsely matched as falsely not matched; null without either kind. */
  readonly equalError: { readonly limit: number; readonly rate: Proportion } | null;
  /** Share of one's own that a limit with at most one false match in a thousand misses; null below 1,000 impostors. */
  readonly missedAtOneInThousand: { readonly limit: number; readonly rate: Proportion } | null;
}

const ONE_IN = 1000;

export function ratesOf({ genuine, impostor }: Distances): Rates {
  const same = COMPARISON_TABLE.same.value;
  const different = COMPARISON_TABLE.different.value;
  const between = (distance: number) => distance > same && distance <= different;
  return {
    falseSame: share(impostor, (distance) => distance <= same),
    falseDifferent: share(genuine, (distance) => distance > different),
    genuineUntold: share(genuine, between),
    impostorUntold: share(impostor, between),
    equalError: equalError(genuine, impostor),
    missedAtOneInThousand: missed(genuine, impostor),
  };
}

function share(distances: readonly number[], test: (distance: number) => boolean): Proportion {
  return proportion(distances.filter(test).length, distances.length);
}

/** Tries every distance that was measured as the limit. */
function equalError(genuine: readonly number[], impostor: readonly number[]): Rates['equalError'] {
  if (genuine.length === 0 || impostor.length === 0) return null;
  const tried = [...genuine, ...impostor].map((limit) => {
    const missed = share(genuine, (distance) => distance > limit);
    const matched = share(impostor, (distance) => distance <= limit);
    return { limit, missed, matched, apart: Math.abs(missed.share - matched.share) };
  });
  const best = tried.reduce((one, other) => (other.apart < one.apart ? other : one));
  const rate = best.missed.share > best.matched.share ? best.missed : best.matched;
  return { limit: best.limit, rate };
}

function missed(genuine: readonly number[], impostor: readonly number[]): Rates['missedAtOneInThousand'] {
  if (impostor.length < ONE_IN || genuine.length === 0) return null;
  const allowed = Math.floor(impostor.length / ONE_IN);
  // The nearest impostor that may no longer be matched; the limit lies below it.
  const limit = impostor.toSorted((one, other) => one - other)[allowed] ?? 0;
  return { limit, rate: share(genuine, (distance) => distance >= limit) };
}

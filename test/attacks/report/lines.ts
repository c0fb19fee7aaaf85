import { ORDERS, type Replayed, replayedTogether } from '../replay/drawn-plans.ts';
import type { BarResult } from './bars.ts';
import { apcer, bpcer, bpcerRefused, type Rates, type Reason } from './rates.ts';
import type { AttackResults } from './results.ts';
import { CLAIM, percent, seconds } from './wording.ts';

/** Named at most, of those without a record or with an old one. */
const NAMED = 8;

/** What the records of attacks and living people say. */
export function figureLines(results: AttackResults): readonly string[] {
  return [...speciesLines(results), ...liveLines(results), ...knownOrderLines(results)];
}

/** The report for the terminal. */
export function reportLines(results: AttackResults, bars: readonly BarResult[]): readonly string[] {
  return [
    ...figureLines(results),
    ...replayLines(results),
    ...recordLines(results),
    '',
    ...barLines(bars),
    '',
    CLAIM,
  ];
}

export function barLines(bars: readonly BarResult[]): readonly string[] {
  return bars.map(({ outcome, sentence, found }) => `${MARKS[outcome]}  ${sentence}: ${found}.`);
}

const MARKS = { met: 'met    ', missed: 'MISSED ', 'not-measured': 'not run' } as const;

function speciesLines({ species }: AttackResults): string[] {
  if (species.length === 0) return [];
  const rows = species.map(({ species: { id }, rates }) => {
    const passed = apcer(rates);
    return [
      id,
      String(rates.presentations),
      String(rates.live),
      String(rates.referred),
      percent(passed.share),
      percent(passed.bound),
      rates.reasons.map(reasonWords).join(', '),
    ];
  });
  return table([['species', 'shown', 'passed', 'referred', 'APCER', '95 % bound', 'stopped by'], ...rows]);
}

function liveLines({ live }: AttackResults): string[] {
  if (live === null) return [];
  const row = (name: string, rates: Rates) => {
    const strict = bpcer(rates);
    return [
      name,
      String(rates.presentations),
      String(rates.live),
      String(rates.referred),
      percent(strict.share),
      percent(strict.bound),
      percent(bpcerRefused(rates).share),
      seconds(rates.medianTook),
      rates.reasons.map(reasonWords).join(', '),
    ];
  };
  return [
    '',
    ...table([
      ['living people', 'shown', 'passed', 'referred', 'BPCER', '95 % bound', 'refused', 'median', 'reasons'],
      row('where no hint asks for better', live.wellPlaced),
      row('all', live.all),
      ...live.byPlace.map(({ place, rates }) => row(place, rates)),
      ...live.byHabit.map(({ habit, rates }) => row(habit, rates)),
    ]),
  ];
}

function replayLines({ replayed }: AttackResults): string[] {
  if (replayed.length === 0) return [];
  const row = (name: string, all: Replayed) => [
    name,
    String(all.tries),
    percent(all.live / all.tries),
    percent((all.live + all.referred) / all.tries),
    String(all.sessions),
    percent(all.sessionsLive / all.sessions),
    percent(all.sessionsNotStopped / all.sessions),
  ];
  const chance = 1 / ORDERS;
  const worst = worstOf(results(replayed));
  return [
    '',
    ...table([
      ['replay against drawn plans', 'tries', 'live', 'or referred', 'sessions', 'live', 'or referred'],
      ...replayed.map(({ species, all }) => row(species.id, all)),
      row('all together', replayedTogether('all', results(replayed))),
      ...(worst === null ? [] : [row(`worst: ${worst.id}`, worst)]),
      ['chance of a fixed order', '', '', percent2(chance), '', '', percent2(1 - (1 - chance) ** 2)],
    ]),
  ];
}

function results(replayed: AttackResults['replayed']): readonly Replayed[] {
  return replayed.map(({ all }) => all);
}

function worstOf(each: readonly Replayed[]): Replayed | null {
  const rate = ({ live, referred, tries }: Replayed) => (live + referred) / tries;
  return each.toSorted((a, b) => rate(b) - rate(a))[0] ?? null;
}

/** What the landmarks cannot stop: which soft signals did. */
function knownOrderLines({ species }: AttackResults): string[] {
  const known = species.find(({ species: { id } }) => id === 'replay-known-order');
  if (known === undefined) return [];
  const past = known.judged.filter(({ verdict }) => verdict.result !== 'not-live');
  const signs = new Map<string, number>();
  for (const { verdict } of past)
    for (const { name, weight, passed } of verdict.checks)
      if (weight === 'soft' && !passed) signs.set(name, (signs.get(name) ?? 0) + 1);
  const told = [...signs].toSorted((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  const { presentations, live } = known.rates;
  return [
    '',
    `A replay that happens to know the order: ${past.length} of ${presentations} passed what the landmarks tell; soft ` +
      `signals that spoke against them: ${told.length === 0 ? 'none' : told.join(', ')}; ${live} referred by none.`,
  ];
}

function recordLines({ missing, outdated }: AttackResults): string[] {
  return [
    ...named('not shown yet', missing),
    ...named('shown with other scenes, readers or heads than those of today', outdated),
  ];
}

function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const rest = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return ['', `${ids.length} ${what}: ${ids.slice(0, NAMED).join(', ')}${rest}.`];
}

function reasonWords({ reason, result, count }: Reason): string {
  return `${count} ${reason}${result === 'referred' ? ' (referred)' : ''}`;
}

function percent2(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Columns of equal width; numbers to the right, the first and the last column to the left. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const left = column === 0 || (column === head.length - 1 && /^[a-z]/.test(head[column] ?? ''));
        return left ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain/liveness/verdict.ts';
import type { Replayed } from '../replay/drawn-plans.ts';
import { ATTACK_SPECIES } from '../species/all-species.ts';
import { BARS, barResults } from './bars.ts';
import { type JudgedPresentation, ratesOf } from './rates.ts';
import type { AttackResults, LiveResult, SpeciesResult } from './results.ts';

const common = { judgeVersion: 1, checks: [] };
const LIVE: Verdict = { ...common, result: 'live' };
const REFERRED: Verdict = { ...common, result: 'referred', reason: 'screen-edges' };
const REFUSED: Verdict = { ...common, result: 'not-live', reason: 'too-slow' };

const NOTHING: AttackResults = { species: [], live: null, replayed: [], missing: [], outdated: [] };

function judged(verdicts: readonly Verdict[], took = 9000): JudgedPresentation[] {
  return verdicts.map((verdict, index) => ({
    ...{ id: `p-${index}`, species: 'some', conditions: {}, verdict, gained: true, took },
  }));
}

function attacked(kind: string, verdicts: readonly Verdict[]): SpeciesResult[] {
  const species = ATTACK_SPECIES.find((each) => each.kind === kind);
  if (species === undefined) throw new Error(`no species of kind ${kind}`);
  const all = judged(verdicts);
  return [{ species, rates: ratesOf(all), judged: all }];
}

function living(wellPlaced: readonly JudgedPresentation[]): LiveResult {
  const rates = ratesOf(wellPlaced);
  return { all: rates, wellPlaced: rates, byPlace: [], byHabit: [], judged: wellPlaced };
}

function replayedLoop(found: Partial<Replayed>): AttackResults['replayed'] {
  const species = ATTACK_SPECIES.find(({ id }) => id.startsWith('replay-loop-'));
  if (species === undefined) throw new Error('no looped replay');
  const all: Replayed = {
    ...{ id: 'r', tries: 1000, live: 0, referred: 0, sessions: 500, sessionsLive: 0, sessionsNotStopped: 0 },
    ...{ conducted: 20, unforeseen: [] },
    ...found,
  };
  return [{ species, all, recordings: [all] }];
}

const outcome = (id: string, results: AttackResults) =>
  barResults(results).find((bar) => bar.id === id)?.outcome;

describe('bars', () => {
  it('say so when nothing of their kind was shown', () => {
    expect(barResults(NOTHING).map((bar) => bar.outcome)).toEqual(BARS.map(() => 'not-measured'));
  });

  it.each(['paper', 'mannequin', 'injection', 'splice', 'swap', 'two-people'])(
    'are missed when one attack with %s passes, and not when one is referred',
    (kind) => {
      const bar = `none-of-${kind}`;
      expect(outcome(bar, { ...NOTHING, species: attacked(kind, [REFUSED, LIVE]) })).toBe('missed');
      expect(outcome(bar, { ...NOTHING, species: attacked(kind, [REFUSED, REFERRED]) })).toBe('met');
    },
  );

  it('are missed when more than one living person in twenty is refused or referred', () => {
    const with20 = (last: readonly Verdict[]) =>
      living(judged([...Array.from({ length: 20 - last.length }, () => LIVE), ...last]));
    expect(outcome('live-passes', { ...NOTHING, live: with20([REFUSED]) })).toBe('met');
    expect(outcome('live-passes', { ...NOTHING, live: with20([REFUSED, REFERRED]) })).toBe('missed');
  });

  it('are missed when half of the living people need longer than twelve seconds', () => {
    expect(outcome('live-time', { ...NOTHING, live: living(judged([LIVE], 12_000)) })).toBe('met');
    expect(outcome('live-time', { ...NOTHING, live: living(judged([LIVE], 12_001)) })).toBe('missed');
  });

  it('count the tries and sessions of a replay that pass, and tell those that are referred beside them', () => {
    const outcomes = (found: Partial<Replayed>) => {
      const results = { ...NOTHING, replayed: replayedLoop(found) };
      return ['replay-loop-tries', 'replay-loop-sessions', 'replay-foreseen'].map((id) =>
        outcome(id, results),
      );
    };
    const most = { live: 15, referred: 40, sessionsLive: 15, sessionsNotStopped: 50 };
    expect(outcomes(most)).toEqual(['met', 'met', 'met']);
    expect(outcomes({ ...most, live: 16 })).toEqual(['missed', 'met', 'met']);
    expect(outcomes({ ...most, sessionsLive: 16 })).toEqual(['met', 'missed', 'met']);
    expect(outcomes({ unforeseen: ['r against plan 3'] })).toEqual(['met', 'met', 'missed']);
  });
});

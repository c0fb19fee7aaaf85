import type { Verdict } from '#domain/liveness/verdict.ts';
import { upperBound } from './upper-bound.ts';

/** One presentation as it was judged. */
export interface JudgedPresentation {
  readonly id: string;
  readonly species: string;
  readonly conditions: Readonly<Record<string, string | number>>;
  readonly verdict: Verdict;
  /** False when what the attacker wanted to get in stands in no picture of the evidence. */
  readonly gained: boolean;
  /** From the first frame with a face until what the verdict needs was there, ms; null without a face. */
  readonly took: number | null;
}

/** Of presentations of one kind. */
export interface Rates {
  readonly presentations: number;
  /** Of attacks: those that gained something by it. */
  readonly live: number;
  /** Neither passed nor refused: a person decides. */
  readonly referred: number;
  readonly refused: number;
  /** Why they were referred or refused, most frequent first. */
  readonly reasons: readonly Reason[];
  /** Of those that came to a verdict of a person's kind (live or referred), ms; null without one. */
  readonly medianTook: number | null;
}

export interface Reason {
  readonly reason: string;
  readonly result: 'referred' | 'not-live' | 'without-gain';
  readonly count: number;
}

/** A share with its one-sided upper bound at 95 %. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly bound: number;
}

export function ratesOf(judged: readonly JudgedPresentation[]): Rates {
  const having = (result: Verdict['result']) =>
    judged.filter(({ verdict, gained }) => verdict.result === result && (result !== 'live' || gained)).length;
  const passedOn = judged.filter(({ verdict }) => verdict.result !== 'not-live');
  return {
    presentations: judged.length,
    live: having('live'),
    referred: having('referred'),
    refused: having('not-live'),
    reasons: reasonsOf(judged),
    medianTook: medianOf(passedOn.flatMap(({ took }) => took ?? [])),
  };
}

export function shareOf(count: number, of: number): Share {
  return {
    count,
    of,
    share: of === 0 ? Number.NaN : count / of,
    bound: upperBound({ errors: count, trials: of }),
  };
}

/** Attacks that are taken for a living person (ISO/IEC 30107-3: APCER); what a person will look at is not among them. */
export function apcer({ live, presentations }: Rates): Share {
  return shareOf(live, presentations);
}

/** Attacks that are not stopped by the terminal alone. */
export function notStopped({ live, referred, presentations }: Rates): Share {
  return shareOf(live + referred, presentations);
}

/** Living people who do not pass at once: refused, or left to a person (BPCER, strictly). */
export function bpcer({ live, presentations }: Rates): Share {
  return shareOf(presentations - live, presentations);
}

/** Living people who are refused. */
export function bpcerRefused({ refused, presentations }: Rates): Share {
  return shareOf(refused, presentations);
}

function reasonsOf(judged: readonly JudgedPresentation[]): Reason[] {
  const counted = new Map<string, Reason>();
  for (const { verdict, gained } of judged) {
    if (verdict.result === 'live' && gained) continue;
    const { result, reason } =
      verdict.result === 'live'
        ? ({ result: 'without-gain', reason: 'in no picture of the evidence' } as const)
        : verdict;
    const before = counted.get(`${result} ${reason}`)?.count ?? 0;
    counted.set(`${result} ${reason}`, { reason, result, count: before + 1 });
  }
  return [...counted.values()].toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

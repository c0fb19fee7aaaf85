import type { Digests } from './digests.ts';
import type { LivenessEvidence, LivenessTry } from './evidence.ts';
import { JUDGE_VERSION, type JudgeSwitches, judgeTry } from './judge.ts';
import { drawPlan, type PlanInputs, planCommitment } from './plan.ts';
import type { Check, Verdict } from './verdict.ts';

/** What the registry finds when it judges a station's evidence again. */
export interface EvidenceJudgement {
  /** The verdict that counts: this judge's, on the last try. */
  readonly verdict: Verdict;
  readonly tries: readonly TryJudgement[];
  /** True when the station claims anything that its evidence does not bear out: a fraud sign, or an older judge. */
  readonly differs: boolean;
  /** What it claims, and what its evidence says instead; empty when nothing differs. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly attempt: 1 | 2;
  readonly what: 'order' | 'commitment' | 'result' | 'reason' | 'portrait';
  readonly station: string;
  readonly own: string;
}

export interface TryJudgement {
  readonly attempt: 1 | 2;
  /** False when the revealed seed does not open the commitment: the plan was not the one committed to. */
  readonly commitmentFits: boolean;
  readonly station: Verdict;
  readonly own: Verdict;
  readonly differs: boolean;
}

/**
 * Judges evidence again from nothing but itself: recomputes commitment and plan of each try from the revealed seed and
 * runs the same judge on the same frames. Total: any evidence of the declared shape gives a judgement, never an error.
 *
 * `sessionId` is the session that the caller expects (from the audit chain), when it knows; else the evidence's own.
 */
export function judgeEvidence(
  evidence: LivenessEvidence,
  digests: Digests,
  context: { readonly sessionId?: string; readonly switches?: Partial<JudgeSwitches> } = {},
): EvidenceJudgement {
  const sessionId = context.sessionId ?? evidence.sessionId;
  const inOrder = evidence.tries.every(({ attempt }, index) => attempt === index + 1);
  const tries = evidence.tries.map((liveness): TryJudgement => {
    const inputs = planInputsOf(liveness, sessionId);
    const commitmentFits =
      inputs !== null && sameBytes(planCommitment({ digests, ...inputs }), liveness.commitment);
    const portrait = evidence.portrait?.attempt === liveness.attempt ? evidence.portrait : null;
    const own =
      inputs === null || !commitmentFits || !inOrder
        ? refused(inOrder ? 'commitment' : 'order-of-tries')
        : judgeTry({
            plan: drawPlan({ digests, ...inputs }),
            exchanges: liveness.exchanges,
            prompts: liveness.prompts,
            trace: liveness.trace,
            flashes: liveness.flashes,
            keyFrames: liveness.keyFrames,
            portrait,
            ...(context.switches === undefined ? {} : { switches: context.switches }),
          });
    return {
      attempt: liveness.attempt,
      commitmentFits,
      station: liveness.verdict,
      own,
      differs: !sameOutcome(own, liveness.verdict),
    };
  });
  const stray = strayPortrait(evidence, tries);
  const last = tries.at(-1)?.own ?? refused('tries');
  const verdict = stray === null || last.result === 'not-live' ? last : refused('portrait');
  const differences = [
    ...tries.flatMap((judged) => differencesOf(judged, inOrder)),
    ...(stray === null ? [] : [stray]),
  ];
  return { verdict, tries, differs: differences.length > 0, differences };
}

/** A portrait is kept of the last try, and only when that passed or was referred: any other has no right to exist. */
function strayPortrait(evidence: LivenessEvidence, tries: readonly TryJudgement[]): Difference | null {
  if (evidence.portrait === null) return null;
  const { attempt } = evidence.portrait;
  const last = tries.at(-1);
  if (last?.attempt === attempt && last.own.result !== 'not-live') return null;
  const own = tries.find((judged) => judged.attempt === attempt)?.own.result ?? 'no such try';
  return { attempt, what: 'portrait', station: 'kept', own };
}

function differencesOf(
  { attempt, commitmentFits, station, own }: TryJudgement,
  inOrder: boolean,
): Difference[] {
  if (!inOrder) return [{ attempt, what: 'order', station: 'in order', own: 'out of order' }];
  if (!commitmentFits) return [{ attempt, what: 'commitment', station: 'fits', own: 'does not fit' }];
  if (station.result !== own.result) {
    return [{ attempt, what: 'result', station: station.result, own: own.result }];
  }
  const [told, found] = [reasonOf(station), reasonOf(own)];
  return told === found ? [] : [{ attempt, what: 'reason', station: told, own: found }];
}

function reasonOf(verdict: Verdict): string {
  return verdict.result === 'live' ? '' : verdict.reason;
}

/** Null for inputs that no station draws a plan from. */
function planInputsOf(liveness: LivenessTry, sessionId: string): PlanInputs | null {
  const { seed, attempt, exchanges, registryNonce } = liveness;
  const nonceFits = registryNonce === null || (registryNonce.length >= 8 && registryNonce.length <= 64);
  const sessionBytes = new TextEncoder().encode(sessionId).length;
  return seed.length === 32 && nonceFits && sessionBytes >= 1 && sessionBytes <= 64
    ? { seed, sessionId, attempt, exchanges, registryNonce }
    : null;
}

function refused(name: string): Verdict {
  const check: Check = { name, value: 0, threshold: 1, passed: false, weight: 'hard' };
  return { judgeVersion: JUDGE_VERSION, checks: [check], result: 'not-live', reason: 'evidence-incomplete' };
}

function sameOutcome(a: Verdict, b: Verdict): boolean {
  return a.result === b.result && reasonOf(a) === reasonOf(b);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

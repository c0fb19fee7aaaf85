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
  /** True when any try's verdict differs from the station's in result or reason: a fraud sign, or an older judge. */
  readonly differs: boolean;
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
  const verdict = tries.at(-1)?.own ?? refused('tries');
  return { verdict, tries, differs: tries.some(({ differs }) => differs) };
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
  const reason = (verdict: Verdict) => (verdict.result === 'live' ? null : verdict.reason);
  return a.result === b.result && reason(a) === reason(b);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

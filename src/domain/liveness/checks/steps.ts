import type { Baseline } from '../baseline.ts';
import type { Detection } from '../detectors/detection.ts';
import { DETECTORS, TELLING_ACTIONS } from '../detectors/detectors.ts';
import type { PromptRecord } from '../evidence.ts';
import type { Plan, PlanStep } from '../plan.ts';
import type { Signals } from '../signals.ts';
import { READING_MS, THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding, finding, NOT_MEASURED } from './finding.ts';

export interface StepObservation {
  readonly asked: Detection;
  /** When another action than the asked one was carried through first; null when none was. */
  readonly otherAt: number | null;
}

/** What a person did with one prompt. Used live on the frames so far, and again by the judge on all of them. */
export function observeStep({
  prompt,
  signals,
  baseline,
}: {
  readonly prompt: PromptRecord;
  /** Smoothed, in time order. */
  readonly signals: readonly Signals[];
  readonly baseline: Baseline;
}): StepObservation {
  const span = { signals, baseline, from: prompt.shownAt + THRESHOLDS.reaction.value };
  const asked = DETECTORS[prompt.action]({ ...span, until: prompt.closesAt });
  const until = asked.state === 'done' ? asked.doneAt : prompt.closesAt;
  const others = TELLING_ACTIONS.filter((action) => action !== prompt.action).flatMap((action) => {
    const other = DETECTORS[action]({ ...span, until });
    return other.state === 'done' ? [other.doneAt] : [];
  });
  return { asked, otherAt: others.length === 0 ? null : Math.min(...others) };
}

/** Whether each prompt came as planned and was answered with its own action in time, up to the first that was not. */
export function stepFindings({
  plan,
  prompts,
  signals,
  baseline,
}: {
  readonly plan: Plan;
  readonly prompts: readonly PromptRecord[];
  readonly signals: readonly Signals[];
  readonly baseline: Baseline;
}): Finding[] {
  const findings: Finding[] = [];
  let answeredAt = Number.NEGATIVE_INFINITY;
  for (const [index, step] of plan.steps.entries()) {
    const prompt = prompts[index];
    const name = `step-${index + 1}-${step.action}`;
    const early = prompt === undefined ? Number.NaN : earliness({ prompt, step, answeredAt });
    findings.push(
      atMost({
        name: `${name}-as-planned`,
        value: early,
        threshold: THRESHOLDS.gapTolerance.value,
        reason: 'evidence-incomplete',
      }),
    );
    if (prompt === undefined || !Number.isFinite(early)) return findings;
    const { asked, otherAt } = observeStep({ prompt, signals, baseline });
    const answered = asked.state === 'done' && asked.doneAt <= prompt.closesAt;
    findings.push(
      finding({
        name: `${name}-other-action`,
        value: otherAt === null ? 0 : otherAt - prompt.shownAt,
        threshold: 0,
        passed: otherAt === null,
        reason: 'wrong-action',
      }),
      finding({
        name,
        value: answered ? asked.doneAt - prompt.shownAt : NOT_MEASURED,
        threshold: prompt.closesAt - prompt.shownAt,
        passed: answered,
        reason: 'too-slow',
      }),
    );
    if (!answered || otherAt !== null) return findings;
    answeredAt = asked.doneAt;
  }
  findings.push(
    finding({
      name: 'prompts',
      value: prompts.length,
      threshold: plan.steps.length,
      passed: prompts.length === plan.steps.length && prompts.length > 0,
      reason: 'evidence-incomplete',
    }),
  );
  return findings;
}

/** By how much a prompt came before its gap was over, ms (0 or less when it did not); NaN when it is not the planned one. */
function earliness({
  prompt,
  step,
  answeredAt,
}: {
  readonly prompt: PromptRecord;
  readonly step: PlanStep;
  readonly answeredAt: number;
}): number {
  const planned =
    prompt.action === step.action &&
    prompt.opensAt - prompt.shownAt === READING_MS &&
    prompt.closesAt - prompt.opensAt === step.windowMs;
  if (!planned) return Number.NaN;
  return Math.max(0, answeredAt + step.gapMs - prompt.shownAt);
}

import type { Action } from './action.ts';
import { type Baseline, FEWEST_NEUTRAL_FRAMES, NEUTRAL_MS, personalBaseline } from './baseline.ts';
import { cameraFindings } from './checks/camera.ts';
import { closureFinding, continuityFindings } from './checks/continuity.ts';
import { cutFindings } from './checks/cuts.ts';
import { depthFindings } from './checks/depth.ts';
import { exchangeFindings } from './checks/exchanges.ts';
import { atLeast, type Finding, type SoftFinding } from './checks/finding.ts';
import { flashFindings } from './checks/flash-response.ts';
import { flashesAsPlanned } from './checks/flashes-as-planned.ts';
import { identityFindings, identityFollowed } from './checks/identity.ts';
import { loopFindings } from './checks/looped-motion.ts';
import { passiveFindings } from './checks/passive-network.ts';
import { repeatFindings } from './checks/picture-repeats.ts';
import { type KeyFrameMoment, keyFrameFindings, portraitFindings } from './checks/pictures.ts';
import { positionFindings, presenceFindings } from './checks/position.ts';
import { screenFindings } from './checks/screen.ts';
import { stepFindings } from './checks/steps.ts';
import { stiffnessFindings } from './checks/stiff-face.ts';
import type { FlashRecord, Portrait, PromptRecord } from './evidence.ts';
import type { LandmarkFrame } from './landmark-frame.ts';
import type { Plan } from './plan.ts';
import { readSignals, type Signals, smoothSignals } from './signals.ts';
import type { Verdict } from './verdict.ts';

/** Grows whenever the same evidence could be judged differently. */
export const JUDGE_VERSION = 1;

/** One try as evidence. All times are capture times of the trace's clock, ms. */
export interface JudgedTry {
  readonly plan: Plan;
  readonly exchanges: readonly Action[];
  readonly prompts: readonly PromptRecord[];
  /** Empty where flashes are switched off. */
  readonly flashes: readonly FlashRecord[];
  /** Kept frames in time order, thinned and rounded. */
  readonly trace: readonly LandmarkFrame[];
  readonly keyFrames: readonly KeyFrameMoment[];
  readonly portrait: PortraitMoment | null;
  readonly switches?: Partial<JudgeSwitches>;
}

/** The portrait, told without its pixels. */
export type PortraitMoment = Pick<Portrait, 'at' | 'embedding'>;

/** Checks that can be switched off by themselves. All are on unless told otherwise. */
export interface JudgeSwitches {
  /** Whether turned views could be views of a flat picture (`checks/depth.ts`). */
  readonly depth: boolean;
  /** Whether the same face was in every picture (`checks/identity.ts`). */
  readonly identity: boolean;
  /** Whether the face took on the colours of the screen (`checks/flash-response.ts`). */
  readonly flash: boolean;
  /** Whether the picture shows a screen's pixels or frame (`checks/screen.ts`). */
  readonly texture: boolean;
  /** What the operator's own network said (`checks/passive-network.ts`). */
  readonly passive: boolean;
}

/**
 * Judges one try: pure, total (any evidence gives a verdict), the same at station and registry. The first hard check that
 * did not pass gives the reason, in the order in which a person would mend things. Only when all of them passed are the
 * soft ones looked at; the first of those that did not pass refers the try to a person. Every check made is listed.
 */
export function judgeTry(judged: JudgedTry): Verdict {
  const hard = neutralSpan(judged) === null ? judgeWaiting(judged) : judgeAnswers(judged);
  const failed = hard.find(({ check }) => !check.passed);
  const soft = failed === undefined ? softFindings(judged) : [];
  const common = { judgeVersion: JUDGE_VERSION, checks: [...hard, ...soft].map(({ check }) => check) };
  if (failed !== undefined) return { ...common, result: 'not-live', reason: failed.reason };
  const unsure = soft.find(({ check }) => !check.passed);
  return unsure === undefined
    ? { ...common, result: 'live' }
    : { ...common, result: 'referred', reason: unsure.reason };
}

/**
 * The neutral span of a try: the 1.5 s before the first flash; without flashes from 1.5 s and the gap before the first
 * prompt until it stood. Null when neither was shown.
 */
export function neutralSpan({ plan, prompts, flashes }: Pick<JudgedTry, 'plan' | 'prompts' | 'flashes'>): {
  readonly from: number;
  readonly until: number;
} | null {
  const flash = flashes[0];
  if (flash !== undefined) return { from: flash.shownAt - NEUTRAL_MS, until: flash.shownAt };
  const first = prompts[0];
  return first === undefined
    ? null
    : { from: first.shownAt - (plan.steps[0]?.gapMs ?? 0) - NEUTRAL_MS, until: first.shownAt };
}

export function framesWithin(
  trace: readonly LandmarkFrame[],
  span: { readonly from: number; readonly until: number },
): LandmarkFrame[] {
  return trace.filter(({ at }) => at >= span.from && at <= span.until);
}

export function baselineOf(neutral: readonly LandmarkFrame[]): Baseline | null {
  return personalBaseline(neutral.flatMap((frame) => readSignals(frame) ?? []));
}

function smoothedSignals(frames: readonly LandmarkFrame[]): Signals[] {
  return smoothSignals(frames.flatMap((frame) => readSignals(frame) ?? []));
}

/** Nothing was asked, because no face ever stood well: says what was in the way in the end. */
function judgeWaiting({ trace }: JudgedTry): Finding[] {
  const end = trace.at(-1)?.at ?? 0;
  const neutral = framesWithin(trace, { from: end - NEUTRAL_MS, until: end });
  const baseline = baselineOf(neutral);
  return [
    ...cameraFindings(trace),
    ...presenceFindings(neutral, neutral),
    ...(baseline === null ? [] : positionFindings(neutral, baseline)),
    ...repeatFindings(trace),
    atLeast({ name: 'prompts', value: 0, threshold: 1, reason: 'too-slow' }),
  ];
}

function judgeAnswers(judged: JudgedTry): Finding[] {
  const { plan, prompts, flashes, trace, keyFrames, portrait, switches } = judged;
  const span = neutralSpan(judged) ?? { from: 0, until: 0 };
  const frames = trace.filter(({ at }) => at >= span.from);
  const neutral = framesWithin(frames, span);
  const baseline = baselineOf(neutral);
  const findings = [
    ...cameraFindings(frames),
    atLeast({
      name: 'neutral-frames',
      value: neutral.length,
      threshold: FEWEST_NEUTRAL_FRAMES,
      reason: 'camera-too-slow',
    }),
    ...presenceFindings(neutral, frames),
  ];
  if (baseline === null) {
    const known = atLeast({ name: 'baseline', value: 0, threshold: 1, reason: 'no-face' });
    return [...findings, known];
  }
  const signals = smoothedSignals(frames);
  findings.push(
    ...positionFindings(neutral, baseline),
    // Pictures from before the neutral face count too: what is played again may have begun there.
    ...repeatFindings(trace),
    ...continuityFindings(frames),
    ...cutFindings({ trace: frames, flashes }),
    closureFinding(signals, baseline),
    ...flashesAsPlanned(judged),
    ...stepFindings({ plan, prompts, signals, baseline }),
  );
  if (findings.some(({ check }) => !check.passed)) return findings;
  return [
    ...findings,
    ...loopFindings(frames),
    ...(switches?.depth === false ? [] : depthFindings(frames, baseline)),
    ...keyFrameFindings({ prompts, keyFrames, neutralFrom: span.from }),
    ...portraitFindings({ trace: frames, at: portrait?.at ?? null, baseline, flashes }),
    ...(switches?.identity === false ? [] : identityFindings({ keyFrames, portrait })),
  ];
}

function softFindings(judged: JudgedTry): SoftFinding[] {
  const { plan, trace, flashes, keyFrames, portrait, switches } = judged;
  const span = neutralSpan(judged) ?? { from: 0, until: 0 };
  const frames = trace.filter(({ at }) => at >= span.from);
  const baseline = baselineOf(framesWithin(frames, span));
  return [
    ...exchangeFindings(judged),
    ...(baseline === null ? [] : stiffnessFindings({ plan, signals: smoothedSignals(frames), baseline })),
    ...(switches?.texture === false ? [] : screenFindings(frames)),
    ...(switches?.flash === false ? [] : flashFindings({ trace: frames, flashes })),
    ...(switches?.identity === false ? [] : identityFollowed({ keyFrames, portrait })),
    ...(switches?.passive === false ? [] : passiveFindings(keyFrames)),
  ];
}

import { EMBEDDING_LENGTH, type FaceEmbedding, toEmbedding } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { KeyFrameMoment } from '#domain/liveness/checks/pictures.ts';
import type { PromptRecord } from '#domain/liveness/evidence.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import type { JudgedTry } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { READING_MS } from '#domain/liveness/thresholds.ts';
import { clip, FRONT, type Pose, swell } from './synthetic-face.ts';

/** What a synthetic person does when asked: begins after `delayMs`, and how far the body follows. */
export interface Performer {
  readonly delayMs: number;
  /** What is done for each action asked; a mirror-confused person maps left to right. */
  readonly does: (asked: Action, index: number) => Action | 'nothing';
  readonly base: Pose;
  readonly perSecond: number;
  readonly turnDegrees: number;
  /** Whether they blink unasked, shortly before each prompt, as people do. */
  readonly blinks: boolean;
}

export const WILLING: Performer = {
  delayMs: 800,
  does: (asked) => asked,
  base: FRONT,
  perSecond: 12,
  turnDegrees: 30,
  blinks: true,
};

const MOVEMENT_MS = 1500;

/** The pose while one action is under way since `from`. */
export function acting(action: Action, base: Pose, at: number, from: number, turnDegrees: number): Pose {
  switch (action) {
    case 'turn-left':
      return { ...base, yaw: base.yaw + turnDegrees * swell(at, from, 600) };
    case 'turn-right':
      return { ...base, yaw: base.yaw - turnDegrees * swell(at, from, 600) };
    case 'open-mouth':
      return { ...base, mouth: Math.max(base.mouth, 0.95 * swell(at, from, 600)) };
    case 'nod':
      return { ...base, pitch: base.pitch - 16 * swell(at, from, 300) };
    case 'smile':
      return { ...base, smile: Math.max(base.smile, swell(at, from, 600)) };
    case 'blink':
      return {
        ...base,
        eyes: shutting(base.eyes, Math.max(swell(at, from, 220, 100), swell(at, from + 800, 220, 100))),
      };
  }
}

/** Milliseconds between two unasked blinks. */
const BLINKS_EVERY = 3700;

/** People blink unasked, every few seconds. */
export function blinkingUnasked(pose: Pose, at: number): Pose {
  const shut = swell(at % BLINKS_EVERY, BLINKS_EVERY / 2, 60, 80);
  return shut > 0 ? { ...pose, eyes: shutting(pose.eyes, shut) } : pose;
}

/** The lids closed by a share of how far they are open. */
function shutting(eyes: Pose['eyes'], share: number): Pose['eyes'] {
  return typeof eyes === 'number'
    ? eyes * (1 - share)
    : { right: eyes.right * (1 - share), left: eyes.left * (1 - share) };
}

/** Plays a whole try in capture time, beginning at 1 000 ms, and returns what the judge gets. */
export function rehearse({
  plan,
  performer = WILLING,
  endsAt,
  edit = (frames) => frames,
}: {
  readonly plan: Plan;
  readonly performer?: Performer;
  /** Prompt in whose window the try ends, as it does when it is not answered. */
  readonly endsAt?: number;
  readonly edit?: (frames: LandmarkFrame[], prompts: readonly PromptRecord[]) => LandmarkFrame[];
}): JudgedTry {
  const prompts: PromptRecord[] = [];
  const done: { readonly action: Action | 'nothing'; readonly from: number }[] = [];
  let time = 1000 + 1600;
  for (const [index, step] of plan.steps.slice(0, (endsAt ?? plan.steps.length) + 1).entries()) {
    const shownAt = time + step.gapMs;
    const opensAt = shownAt + READING_MS;
    prompts.push({ action: step.action, shownAt, opensAt, closesAt: opensAt + step.windowMs });
    done.push({ action: performer.does(step.action, index), from: shownAt + performer.delayMs });
    time = index === endsAt ? opensAt + step.windowMs : shownAt + performer.delayMs + MOVEMENT_MS;
  }
  const pose = (at: number): Pose => blinking(acted(at), at);
  const blinking = (now: Pose, at: number): Pose => {
    const shut = Math.max(0, ...prompts.map(({ shownAt }) => swell(at, shownAt - 500, 60, 80)));
    return performer.blinks && shut > 0 ? { ...now, eyes: shutting(now.eyes, shut) } : now;
  };
  const acted = (at: number): Pose =>
    done.reduce(
      (now, { action, from }) =>
        action === 'nothing' ? now : acting(action, now, at, from, performer.turnDegrees),
      performer.base,
    );
  const until = time + 1500;
  const frames = clip({ from: 1000, until, perSecond: performer.perSecond, pose });
  const trace = thin(undefined, edit(frames, prompts));
  const last = trace.at(-1);
  return {
    plan,
    exchanges: [],
    prompts,
    flashes: [],
    trace,
    keyFrames: [
      pictureAt('neutral', 2600),
      ...prompts.map(({ action, shownAt }) => pictureAt(action, shownAt + performer.delayMs + 500)),
    ],
    portrait: last === undefined ? null : { at: last.at, embedding: SAME_FACE },
  };
}

export function planOf(...actions: readonly Action[]): Plan {
  return { steps: actions.map((action) => ({ action, gapMs: 600, windowMs: 5000 })), flashes: FLASH_COLOURS };
}

/** The embedding that every picture of a rehearsal has. */
export const SAME_FACE: FaceEmbedding = toEmbedding(
  Array.from({ length: EMBEDDING_LENGTH }, (_, i) => Math.cos(i) / 8),
);

export function pictureAt(purpose: KeyFrameMoment['purpose'], at: number): KeyFrameMoment {
  return { purpose, at, embedding: SAME_FACE, passive: null };
}

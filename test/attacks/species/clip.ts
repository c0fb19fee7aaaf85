import { ACTIONS, type Action } from '../../../src/domain/liveness/action.ts';
import type { HeadId } from '../../citizens/citizen-controls.ts';
import type { HeadPose } from '../../citizens/head-pose.ts';
import { mannerOf } from '../../citizens/manner.ts';
import { durationOf, idle, perform } from '../../citizens/performance.ts';
import type { Light, View } from '../../citizens/scene-view.ts';
import { chance, shuffled } from './seeded.ts';

/** A recording of somebody: what they do in it, and when. Milliseconds of the recording. */
export interface Clip {
  readonly person: HeadId;
  readonly seed: number;
  readonly program: readonly { readonly action: Action; readonly at: number }[];
  /** After which it begins again. */
  readonly length: number;
  readonly takenFrom: number;
  readonly light: Light;
  /** Of the camera that it was recorded with, grey levels of 255. */
  readonly noise: number;
}

export const CLIP_FRAME_MS = 40;

/** Whoever is recorded for half a minute does not stay where they were: decimetres, each way. */
const DRIFT = { x: 0.1, y: 0.05, z: 0.12, period: 11_000 };

/** What a clip's person does at a time of the recording. */
export function clipPose(clip: Clip, at: number): HeadPose {
  const manner = mannerOf(clip.seed);
  const doing = clip.program.findLast((step) => step.at <= at);
  const moving = doing !== undefined && at < doing.at + durationOf(doing.action, manner);
  const still = idle(at, { blinking: !moving, manner });
  const drift = (axis: 'x' | 'y' | 'z') =>
    DRIFT[axis] * Math.sin(2 * Math.PI * (at / DRIFT.period + chance(clip.seed, 'drift', axis)));
  const held = { ...still, x: still.x + drift('x'), y: still.y + drift('y'), z: still.z + drift('z') };
  return doing !== undefined && moving
    ? perform({ action: doing.action, time: at - doing.at, manner }, held)
    : held;
}

/** The picture that stands in a clip at a time: the same again whenever it is played. */
export function clipView(clip: Clip, time: number): View {
  const frame = Math.floor(Math.max(0, time) / CLIP_FRAME_MS) % Math.floor(clip.length / CLIP_FRAME_MS);
  return {
    people: [{ head: clip.person, pose: clipPose(clip, frame * CLIP_FRAME_MS) }],
    distance: clip.takenFrom,
    light: clip.light,
    noise: { seed: clip.seed, frame, level: clip.noise },
  };
}

/** Of a recording, before the first action and between two. */
const LEAD = 2600;
const BETWEEN = 1700;

/** Somebody who waits a little and then does these actions one after the other. */
export function recordingOf(
  options: Omit<Clip, 'program' | 'length'> & {
    readonly actions: readonly Action[];
    /** How long the person waits at first. */
    readonly lead?: number;
  },
): Clip {
  const { actions, lead = LEAD, ...recorded } = options;
  const manner = mannerOf(recorded.seed);
  let at = lead;
  const program = actions.map((action) => {
    const step = { action, at };
    at += durationOf(action, manner) + BETWEEN;
    return step;
  });
  return { ...recorded, program, length: at };
}

/** All six, in an order of this person's own. */
export function allActions(seed: number): readonly Action[] {
  return shuffled(ACTIONS, seed);
}

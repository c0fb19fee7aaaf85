import type { HeadId } from './citizen-controls.ts';
import type { HeadPose } from './head-pose.ts';
import { type Manner, mannerOf } from './manner.ts';
import { durationOf, heldWithin, idle, perform } from './performance.ts';
import type { Moment, Performer, Told } from './performer.ts';
import type { Light, View } from './scene-view.ts';
import { seededRandom } from './seeded-random.ts';

/** Whoever still sees the same prompt this long after having done it does it again. */
const TRIES_AGAIN_AFTER = 1800;
/** Whoever sees that a prompt is gone needs this long to come back from what it asked for. */
const COMES_BACK_AFTER = 250;
/** A camera holds its shutter open for about this long in a hall, milliseconds. */
const EXPOSURE = 16;
/** Degrees, or hundredths of an expression, within one exposure from which on a picture is smeared. */
const SEEN_AS_BLUR = 0.8;

export interface LiveSetting {
  readonly head: HeadId;
  readonly seed: number;
  /** That of the seed unless told. */
  readonly manner?: Manner;
  readonly light?: Light;
  readonly distance?: number;
  /** Grey levels; a camera in the dark has more. */
  readonly noise?: number;
}

/** A living person who does what is asked, in a manner that the seed decides: no two seeds are alike. */
export function livePerson(setting: LiveSetting): Performer {
  const manner = setting.manner ?? mannerOf(setting.seed);
  const { light, distance } = setting;
  const level = setting.noise ?? (light?.kind === 'dim' ? 3.5 : 2.2);
  return (moment): View => {
    const pose = poseAt(moment, moment.time, manner);
    const before = poseAt(moment, moment.time - EXPOSURE, manner);
    const person = (held: HeadPose) => ({ people: [{ head: setting.head, pose: held }] });
    return {
      ...person(pose),
      ...(light ? { light } : {}),
      ...(distance === undefined ? {} : { distance }),
      ...(moves(before, pose) ? { exposure: [person(before)] } : {}),
      flash: moment.flash,
      noise: { seed: setting.seed, frame: Math.round(moment.time), level },
    };
  };
}

/** How somebody of this manner is held at a time, who was told what the moment says. */
export function poseAt(moment: Pick<Moment, 'told'>, time: number, manner: Manner): HeadPose {
  const movement = movementAt(moment.told, time, manner);
  const held = idle(time, { blinking: movement === null, manner });
  return movement ? perform(movement, held) : held;
}

/** What the person does at a time: begun movements are finished, one that was only meant is dropped. */
function movementAt(told: readonly Told[], time: number, manner: Manner) {
  for (const [number, prompt] of told.entries()) {
    if (prompt.kind !== 'prompt') continue;
    const length = durationOf(prompt.action, manner);
    const until = prompt.until ?? Number.POSITIVE_INFINITY;
    const next = seededRandom(Math.imul(manner.seed + 1, 7919) + number);
    const [soonest, latest] = manner.reaction;
    let begins = prompt.since + soonest + next() * (latest - soonest);
    for (; begins <= time && begins < until; begins += length + TRIES_AGAIN_AFTER) {
      const since = lettingGo({
        time: time - begins,
        gone: until - begins,
        held: heldWithin(prompt.action, manner),
      });
      if (since < length) return { action: prompt.action, time: since, manner };
    }
  }
  return null;
}

/** The moment of a movement when what it holds is let go as soon as its prompt is seen to be gone. All since it began. */
function lettingGo(movement: {
  readonly time: number;
  readonly gone: number;
  readonly held: { readonly from: number; readonly to: number } | null;
}): number {
  const { time, gone, held } = movement;
  if (!held) return time;
  const released = Math.max(held.from, gone + COMES_BACK_AFTER);
  return released < held.to && time > released ? time + held.to - released : time;
}

function moves(from: HeadPose, to: HeadPose): boolean {
  const angle = Math.max(Math.abs(to.yaw - from.yaw), Math.abs(to.pitch - from.pitch));
  const expression = Math.max(Math.abs(to.openMouth - from.openMouth), Math.abs(to.smile - from.smile));
  return Math.max(angle, 100 * expression) > SEEN_AS_BLUR;
}

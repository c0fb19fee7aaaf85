import { poseAt } from '../../citizens/live-person.ts';
import { mannerOf } from '../../citizens/manner.ts';
import type { Moment, Told } from '../../citizens/performer.ts';
import type { View } from '../../citizens/scene-view.ts';
import { CLIP_FRAME_MS } from './clip.ts';
import type { Conditions } from './conditions.ts';
import { presentationsOf } from './presentations.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** One picture in place of the camera's, from the beginning or from some moment of a living performance on. */
export const FROZEN_INJECTION: Species = {
  id: 'frozen-injection',
  kind: 'injection',
  name: { en: 'Frozen picture, injected', zh: '注入的静止画面' },
  has: 'one picture of the person, fed in as a camera for ever, or once a living person has begun',
  stops: 'the very same pixels twice, which no camera gives; the system names the camera',
  presentations: () =>
    presentationsOf({
      species: 'frozen-injection',
      seed: 61,
      stage: (conditions) => {
        const freezes = freezesAt(conditions);
        return ({ time, told }) => {
          const until = Math.min(time, freezes);
          return injected(conditions, { time: until, told: told.filter((each) => each.since <= until) });
        };
      },
      describe: (conditions) => ({ freezesAfter: Math.round(freezesAt(conditions)) }),
    }),
};

/** A stretch of a living performance that comes again and again, frame by frame the same. */
export const LOOPED_INJECTION: Species = {
  id: 'looped-injection',
  kind: 'injection',
  name: { en: 'Looped recording, injected', zh: '注入的循环视频' },
  has: 'some seconds of the person standing there, fed in as a camera in a loop',
  stops: 'the very same pixels twice, which no camera gives; the system names the camera',
  presentations: () =>
    presentationsOf({
      species: 'looped-injection',
      seed: 62,
      stage: (conditions) => {
        const length = loopLength(conditions);
        return ({ time }) => injected(conditions, { time: time % length, told: [] });
      },
      describe: (conditions) => ({ loop: loopLength(conditions) }),
    }),
};

/** Half of them are frozen from the beginning. */
function freezesAt({ seed }: Conditions): number {
  return chance(seed, 'frozen') < 0.5 ? 0 : between(1500, 7000, chance(seed, 'freezes'));
}

/** Whole pictures of the recording, and short enough to come round within a try. */
function loopLength({ seed }: Conditions): number {
  return CLIP_FRAME_MS * Math.round(between(1000, 4500, chance(seed, 'loop')) / CLIP_FRAME_MS);
}

/** A picture of a recording in place of the camera's: nothing of a camera, and nothing of the room, is added to it. */
function injected(
  conditions: Conditions,
  { time, told }: Pick<Moment, 'time'> & { readonly told: readonly Told[] },
): View {
  const frame = Math.floor(time / CLIP_FRAME_MS);
  return {
    people: [
      { head: conditions.victim, pose: poseAt({ told }, frame * CLIP_FRAME_MS, mannerOf(conditions.seed)) },
    ],
    light: conditions.light,
    distance: conditions.distance,
    noise: { seed: conditions.seed, frame, level: conditions.noise },
  };
}

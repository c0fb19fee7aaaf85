import type { HeadPose } from '../../citizens/head-pose.ts';
import { poseAt } from '../../citizens/live-person.ts';
import { mannerOf } from '../../citizens/manner.ts';
import type { Moment } from '../../citizens/performer.ts';
import type { PhotoProp } from '../../citizens/props/prop-view.ts';
import type { View } from '../../citizens/scene-view.ts';
import { type Conditions, noiseAt } from './conditions.ts';
import { handHeld, moved, smoothStep } from './hand.ts';
import { sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { between, byTurns, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** When the photo covers the face of whoever does the actions. */
const WHENS = [
  'after the first action',
  'until the first action',
  'for the portrait',
  'between actions',
] as const;
type When = (typeof WHENS)[number];

/** The photo is lifted from below the picture to before the face, which it covers when it is no lower than that, dm. */
const LIFT = { lasts: 450, from: 3.2, before: 0.85, covers: 1.3 };

/** A living stranger does what is asked, and shows the victim's photo for the rest. */
export const SWAPPED_PHOTO: Species = {
  id: 'swapped-photo',
  kind: 'swap',
  name: { en: "Another person's photo shown half-way", zh: '中途换成他人照片' },
  has: "a living stranger and a print of the victim's face that is held before the stranger's for a part of the try",
  stops:
    'the face jumps, is lost or changes its size; the pictures of the actions show somebody else than the portrait',
  gains: ({ props = [] }) => props.some((prop) => 'held' in prop && prop.held.y > -LIFT.covers),
  presentations: () =>
    presentationsOf({
      species: 'swapped-photo',
      seed: 81,
      stage: (conditions, index) => {
        const when = byTurns(WHENS, index);
        const manner = mannerOf(conditions.seed);
        return (moment) => {
          const lifted = liftedAt(moment, when, conditions.seed);
          const pose = poseAt(moment, moment.time, manner);
          return scene({ conditions, moment, pose, lifted });
        };
      },
      describe: ({ accomplice }, index) => ({ stranger: accomplice, photo: byTurns(WHENS, index) }),
    }),
};

/** How far the photo is up, 0 to 1. */
function liftedAt(moment: Moment, when: When, seed: number): number {
  const prompts = moment.told.filter((each) => each.kind === 'prompt');
  const delay = between(200, 500, chance(seed, 'lifting'));
  const up = (at: number | null | undefined) =>
    at === null || at === undefined ? 0 : smoothStep(moment.time, at + delay, LIFT.lasts);
  switch (when) {
    case 'after the first action':
      return up(prompts[0]?.until);
    case 'until the first action':
      return 1 - up(prompts[0]?.since);
    case 'for the portrait':
      return up(prompts[2]?.until);
    case 'between actions': {
      const last = prompts.at(-1);
      if (!last) return 1;
      return last.until === null ? 1 - up(last.since) : up(last.until);
    }
  }
}

function scene(options: {
  readonly conditions: Conditions;
  readonly moment: Moment;
  readonly pose: HeadPose;
  readonly lifted: number;
}): View {
  const { conditions, moment, pose, lifted } = options;
  const hand = handHeld(moment.time, { seed: conditions.seed, strength: 0.7 });
  const photo: PhotoProp = {
    ...sheetOf(conditions),
    crop: { width: 0.66, height: 0.98 },
    magnified: (conditions.distance - LIFT.before) / conditions.distance,
    held: moved(hand, { y: -LIFT.from * (1 - lifted), z: LIFT.before }),
  };
  return {
    people: [{ head: conditions.accomplice, pose }],
    props: lifted > 0 ? [photo] : [],
    light: conditions.light,
    distance: conditions.distance,
    flash: moment.flash,
    noise: noiseAt(conditions, moment.time),
  };
}

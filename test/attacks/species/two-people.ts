import type { HeadPose } from '../../citizens/head-pose.ts';
import { poseAt } from '../../citizens/live-person.ts';
import { mannerOf } from '../../citizens/manner.ts';
import { idle } from '../../citizens/performance.ts';
import type { Moment } from '../../citizens/performer.ts';
import type { View } from '../../citizens/scene-view.ts';
import { type Conditions, noiseAt } from './conditions.ts';
import { smoothStep } from './hand.ts';
import { presentationsOf } from './presentations.ts';
import { between, byTurns, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** When the second person stands there, and who does what is asked. */
const HOWS = [
  { comes: 'from the beginning', acts: 'victim' },
  { comes: 'after the first action', acts: 'victim' },
  { comes: 'from the beginning', acts: 'stranger' },
  { comes: 'at the first prompt', acts: 'stranger' },
] as const;
type How = (typeof HOWS)[number];

/** Where both stand once there are two, decimetres from the middle. */
const APART = 0.98;
/** Whoever comes does so from outside the picture. */
const OUTSIDE = 4.2;
const COMES_IN = 1300;

/** Two people before the camera at about the same distance: one is looked at, the other helps. */
export const TWO_PEOPLE: Species = {
  id: 'two-people',
  kind: 'two-people',
  name: { en: 'Two people', zh: '两个人' },
  has: 'a second person who stands beside, and does the actions or urges them',
  stops: 'a second face of at least half the size for longer than a moment',
  presentations: () =>
    presentationsOf({
      species: 'two-people',
      seed: 91,
      stage: (conditions, index) => {
        const how = byTurns(HOWS, index);
        return (moment) => both(conditions, moment, how);
      },
      describe: ({ accomplice }, index) => ({ second: accomplice, ...byTurns(HOWS, index) }),
    }),
};

function both(conditions: Conditions, moment: Moment, how: How): View {
  const { seed } = conditions;
  const { time } = moment;
  const here = presence(moment, how);
  const watching = idle(time, { blinking: true, manner: mannerOf(seed + 5) });
  const acted = poseAt(moment, time, mannerOf(seed));
  const [own, other] = how.acts === 'victim' ? [acted, watching] : [watching, acted];
  const behind = between(0, 0.7, chance(seed, 'behind'));
  return {
    people: [
      { head: conditions.victim, pose: at(own, { x: APART * here, z: 0 }) },
      ...(here > 0
        ? [{ head: conditions.accomplice, pose: at(other, { x: -APART - OUTSIDE * (1 - here), z: -behind }) }]
        : []),
    ],
    light: conditions.light,
    distance: Math.max(conditions.distance, 6.1),
    flash: moment.flash,
    noise: noiseAt(conditions, time),
  };
}

/** 0 while there is one person, 1 when both stand there. */
function presence({ time, told }: Moment, { comes }: How): number {
  const first = told.find((each) => each.kind === 'prompt');
  switch (comes) {
    case 'from the beginning':
      return 1;
    case 'at the first prompt':
      return first ? smoothStep(time, first.since, COMES_IN) : 0;
    case 'after the first action':
      return first?.until == null ? 0 : smoothStep(time, first.until, COMES_IN);
  }
}

function at(pose: HeadPose, place: { readonly x: number; readonly z: number }): HeadPose {
  return { ...pose, x: pose.x + place.x, z: pose.z + place.z };
}

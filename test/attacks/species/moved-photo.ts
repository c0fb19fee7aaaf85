import type { Held } from '../../citizens/props/prop-view.ts';
import { handHeld, moved } from './hand.ts';
import { sheetAlone, sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { type Pretence, pretenceAt } from './pretended.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A print that is quiet until something is asked, and then moved about in its plane and rolled. */
export const MOVED_PHOTO: Species = {
  id: 'moved-photo',
  kind: 'paper',
  name: { en: 'Photo moved and rolled', zh: '移动并旋转的照片' },
  has: 'a print of the face, moved to the sides, nearer and rolled when an action is asked',
  stops: 'no action is done: moving a flat picture changes nothing within the face',
  presentations: () =>
    presentationsOf({
      species: 'moved-photo',
      seed: 3,
      stage: (conditions) => {
        const { seed } = conditions;
        const reach = between(0.5, 1, chance(seed, 'reach'));
        const lasts = between(1100, 1900, chance(seed, 'lasts'));
        return (moment) => {
          const { time, told } = moment;
          const held = handHeld(time, { seed, strength: 0.8 });
          const pretence = pretenceAt(time, told, { seed, lasts });
          const by = pretence ? movement(pretence, reach) : {};
          return sheetAlone(conditions, moment, { ...sheetOf(conditions), held: moved(held, by) });
        };
      },
    }),
};

function movement({ action, strength, time }: Pretence, reach: number): Partial<Held> {
  const much = strength * reach;
  switch (action) {
    case 'turn-left':
      return { x: 0.55 * much, roll: -16 * much };
    case 'turn-right':
      return { x: -0.55 * much, roll: 16 * much };
    case 'nod':
      return { y: -0.4 * much, roll: 5 * much };
    case 'open-mouth':
      return { z: 0.6 * much };
    case 'smile':
      return { roll: 12 * much * Math.sin(time / 180) };
    case 'blink':
      return { y: 0.2 * much * Math.sin(time / 90) };
  }
}

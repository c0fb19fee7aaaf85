import type { Held } from '../../citizens/props/prop-view.ts';
import { handHeld, moved } from './hand.ts';
import { sheetAlone, sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { type Pretence, pretenceAt } from './pretended.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A print that is turned the way the face should turn, and tipped for a nod. */
export const TILTED_PHOTO: Species = {
  id: 'tilted-photo',
  kind: 'paper',
  name: { en: 'Photo tilted', zh: '倾斜的照片' },
  has: 'a print of the face, turned and tipped by 25 to 45 degrees as the prompt asks',
  stops: 'a flat picture seen aslant shows no turned face; where it seems to, it looks flat',
  presentations: () =>
    presentationsOf({
      species: 'tilted-photo',
      seed: 4,
      stage: (conditions) => {
        const { seed } = conditions;
        const angle = between(25, 45, chance(seed, 'angle'));
        const lasts = between(1300, 2200, chance(seed, 'lasts'));
        return (moment) => {
          const { time, told } = moment;
          const held = handHeld(time, { seed, strength: 0.8 });
          const pretence = pretenceAt(time, told, { seed, lasts });
          const by = pretence ? tilt(pretence, angle) : {};
          return sheetAlone(conditions, moment, { ...sheetOf(conditions), held: moved(held, by) });
        };
      },
      describe: ({ seed }) => ({ degrees: Math.round(between(25, 45, chance(seed, 'angle'))) }),
    }),
};

function tilt({ action, strength, time }: Pretence, angle: number): Partial<Held> {
  switch (action) {
    case 'turn-left':
      return { yaw: angle * strength };
    case 'turn-right':
      return { yaw: -angle * strength };
    case 'nod':
      return { pitch: angle * strength };
    case 'open-mouth':
      return { pitch: -0.6 * angle * strength };
    case 'smile':
      return { pitch: -0.5 * angle * strength, yaw: 0.3 * angle * strength };
    case 'blink':
      return { pitch: 0.9 * angle * strength * Math.abs(Math.sin(time / 200)) };
  }
}

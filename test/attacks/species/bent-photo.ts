import type { Bend, Held } from '../../citizens/props/prop-view.ts';
import { handHeld, moved } from './hand.ts';
import { sheetAlone, sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { type Pretence, pretenceAt } from './pretended.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A print that is rolled around an upright line: turned, it hides one side of the face as a head does. */
export const BENT_PHOTO: Species = {
  id: 'bent-photo',
  kind: 'paper',
  name: { en: 'Photo bent', zh: '弯曲的照片' },
  has: 'a print of the face, rolled to a part of a cylinder and turned as the prompt asks',
  stops: 'a cylinder has no nose: the turned view does not reach a turn, or looks flat',
  presentations: () =>
    presentationsOf({
      species: 'bent-photo',
      seed: 5,
      stage: (conditions) => {
        const { seed } = conditions;
        const rest = between(0.15, 0.45, chance(seed, 'rest'));
        const further = between(0.1, 0.4, chance(seed, 'further'));
        const angle = between(20, 40, chance(seed, 'angle'));
        const lasts = between(1300, 2200, chance(seed, 'lasts'));
        return (moment) => {
          const { time, told } = moment;
          const held = handHeld(time, { seed, strength: 0.8 });
          const pretence = pretenceAt(time, told, { seed, lasts });
          const done = pretence ? bending(pretence, { angle, rest, further }) : null;
          return sheetAlone(conditions, moment, {
            ...sheetOf(conditions),
            held: moved(held, done?.by ?? {}),
            bend: done?.bend ?? { about: 'upright', curvature: rest },
          });
        };
      },
      describe: ({ seed }) => ({
        curvature: Math.round(100 * between(0.15, 0.45, chance(seed, 'rest'))) / 100,
      }),
    }),
};

function bending(
  { action, strength }: Pretence,
  sheet: { readonly angle: number; readonly rest: number; readonly further: number },
): { readonly by: Partial<Held>; readonly bend: Bend } {
  const { angle, rest, further } = sheet;
  const upright = (curvature: number): Bend => ({ about: 'upright', curvature });
  switch (action) {
    case 'turn-left':
      return { by: { yaw: angle * strength }, bend: upright(rest + further * strength) };
    case 'turn-right':
      return { by: { yaw: -angle * strength }, bend: upright(rest + further * strength) };
    case 'nod':
      return { by: { pitch: angle * strength }, bend: upright(rest) };
    case 'open-mouth':
      return { by: {}, bend: { about: 'level', curvature: rest * (1 - 2 * strength) } };
    case 'smile':
      return { by: {}, bend: upright(rest - 2 * rest * strength) };
    case 'blink':
      return { by: {}, bend: upright(rest + further * strength) };
  }
}

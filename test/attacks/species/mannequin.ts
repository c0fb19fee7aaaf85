import type { Held } from '../../citizens/props/prop-view.ts';
import type { View } from '../../citizens/scene-view.ts';
import { noiseAt } from './conditions.ts';
import { handHeld, moved } from './hand.ts';
import { presentationsOf } from './presentations.ts';
import { type Pretence, pretenceAt } from './pretended.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A bust as like the person as can be made, on a stand, turned and nodded by somebody out of sight. */
export const MANNEQUIN: Species = {
  id: 'mannequin',
  kind: 'mannequin',
  name: { en: 'Rigid 3D head', zh: '可转动的立体人头' },
  has: 'a lifelike bust of the person that is turned and nodded as asked, its face frozen',
  stops:
    'it turns and nods, but no part of its face moves; where an order asks for nothing within the face ' +
    '(6 of 96), only that nothing ever moved in it can tell',
  presentations: () =>
    presentationsOf({
      species: 'mannequin',
      seed: 71,
      stage: (conditions) => {
        const { seed } = conditions;
        const angle = between(26, 34, chance(seed, 'angle'));
        const lasts = between(1500, 2400, chance(seed, 'lasts'));
        return (moment): View => {
          const { time, told } = moment;
          const stand = handHeld(time, { seed, strength: 0.3 });
          const pretence = pretenceAt(time, told, { seed, lasts });
          const held = moved(stand, pretence ? handled(pretence, angle) : {});
          return {
            people: [],
            props: [{ kind: 'mannequin', head: conditions.victim, held }],
            light: conditions.light,
            distance: conditions.distance,
            flash: moment.flash,
            noise: noiseAt(conditions, time),
          };
        };
      },
    }),
};

/** What can be done to a bust; the rest is tried with a rattle. */
function handled({ action, strength, time }: Pretence, angle: number): Partial<Held> {
  switch (action) {
    case 'turn-left':
      return { yaw: angle * strength };
    case 'turn-right':
      return { yaw: -angle * strength };
    case 'nod':
      return { pitch: 0.6 * angle * strength };
    case 'open-mouth':
      return { pitch: -4 * strength };
    case 'smile':
      return { roll: 3 * strength * Math.sin(time / 150) };
    case 'blink':
      return { y: 0.04 * strength * Math.sin(time / 60) };
  }
}

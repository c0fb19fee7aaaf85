import { handHeld } from './hand.ts';
import { sheetAlone, sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A print that is held as quietly as a hand can. */
export const HAND_HELD_PHOTO: Species = {
  id: 'hand-held-photo',
  kind: 'paper',
  name: { en: 'Hand-held photo', zh: '手持照片' },
  has: 'a print of the face, held in a hand',
  stops: 'no action is done',
  presentations: () =>
    presentationsOf({
      species: 'hand-held-photo',
      seed: 2,
      stage: (conditions) => {
        const hand = { seed: conditions.seed, strength: between(0.6, 1.4, chance(conditions.seed, 'hand')) };
        return (moment) =>
          sheetAlone(conditions, moment, { ...sheetOf(conditions), held: handHeld(moment.time, hand) });
      },
    }),
};

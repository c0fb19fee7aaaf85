import { STRAIGHT } from './hand.ts';
import { sheetAlone, sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { between, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** A print that is leant against something and left alone. */
export const STILL_PHOTO: Species = {
  id: 'still-photo',
  kind: 'paper',
  name: { en: 'Still photo', zh: '静止照片' },
  has: 'a print of the face, on a stand',
  stops: 'no action is done',
  presentations: () =>
    presentationsOf({
      species: 'still-photo',
      seed: 1,
      stage: (conditions) => {
        const held = { ...STRAIGHT, pitch: between(-6, 2, chance(conditions.seed, 'leaning')) };
        const sheet = { ...sheetOf(conditions), held };
        return (moment) => sheetAlone(conditions, moment, sheet);
      },
    }),
};

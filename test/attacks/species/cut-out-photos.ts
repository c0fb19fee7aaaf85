import { poseAt } from '../../citizens/live-person.ts';
import { type Manner, mannerOf } from '../../citizens/manner.ts';
import type { Moment } from '../../citizens/performer.ts';
import type { Hole, PhotoProp } from '../../citizens/props/prop-view.ts';
import type { View } from '../../citizens/scene-view.ts';
import { type Conditions, noiseAt } from './conditions.ts';
import { sheetOf } from './photo-scene.ts';
import { presentationsOf } from './presentations.ts';
import { between, chance } from './seeded.ts';
import type { Presentation, Species } from './species.ts';

/** The sheet lies just before the nose of whoever wears it. */
const BEFORE_THE_EYES = 0.5;
/** From the sheet to the neck that it turns about. */
const TO_THE_NECK = 1.25;

/** A printed face worn as a mask: through the holes somebody else's eyes blink. */
export const EYES_CUT_OUT: Species = {
  id: 'eyes-cut-out',
  kind: 'paper',
  name: { en: 'Photo with the eyes cut out', zh: '挖出双眼的照片' },
  has: 'a print worn as a mask, own eyes behind its holes, turned with the head',
  stops: 'blinks are done; a turn is not: the sheet stays flat, and every plan asks for a turn',
  presentations: () => presentations('eyes-cut-out', 6, ['eyes']),
};

/** The same, with the mouth. */
export const EYES_AND_MOUTH_CUT_OUT: Species = {
  id: 'eyes-and-mouth-cut-out',
  kind: 'paper',
  name: { en: 'Photo with eyes and mouth cut out', zh: '挖出双眼和嘴的照片' },
  has: 'a print worn as a mask, own eyes and mouth behind its holes, turned with the head',
  stops: 'blinks may be done and the mouth opened; a turn is not: the sheet stays flat',
  presentations: () => presentations('eyes-and-mouth-cut-out', 7, ['eyes', 'mouth']),
};

function presentations(species: string, seed: number, holes: readonly Hole[]): readonly Presentation[] {
  return presentationsOf({
    species,
    seed,
    stage: (conditions) => {
      const manner = mannerOf(conditions.seed);
      const curvature = wrapped(conditions);
      return (moment) => worn({ conditions, holes, curvature, manner, moment });
    },
    describe: (conditions) => ({
      wearer: conditions.wearer,
      curvature: Math.round(100 * wrapped(conditions)) / 100,
    }),
  });
}

/** Flat as it is held, or wrapped around the face; 1 by decimetres. */
function wrapped({ seed }: Conditions): number {
  return between(0, 0.6, chance(seed, 'wrapped'));
}

function worn(options: {
  readonly conditions: Conditions;
  readonly holes: readonly Hole[];
  readonly curvature: number;
  readonly manner: Manner;
  readonly moment: Moment;
}): View {
  const { conditions, holes, curvature, moment } = options;
  const pose = poseAt(moment, moment.time, options.manner);
  // Nearer to the camera than the eyes behind it, the face on the sheet must be smaller for its holes to fit.
  const magnified = (conditions.distance - BEFORE_THE_EYES) / conditions.distance;
  const { crop: _whole, ...sheet } = sheetOf(conditions);
  const mask: PhotoProp = {
    ...sheet,
    // Wide enough for nothing of the wearer to be seen beside it.
    crop: { width: 0.7, height: 1 },
    magnified,
    holes,
    held: {
      x: pose.x * magnified,
      y: pose.y * magnified,
      z: BEFORE_THE_EYES + pose.z,
      yaw: pose.yaw,
      pitch: pose.pitch,
      roll: pose.roll,
    },
    bend: { about: 'upright', curvature },
    turnsBehind: TO_THE_NECK,
  };
  return {
    people: [{ head: conditions.wearer, pose }],
    props: [mask],
    light: conditions.light,
    distance: conditions.distance,
    flash: moment.flash,
    noise: noiseAt(conditions, moment.time),
  };
}

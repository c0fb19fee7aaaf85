import { NEUTRAL_POSE } from '../../citizens/head-pose.ts';
import type { Moment } from '../../citizens/performer.ts';
import type { PhotoProp } from '../../citizens/props/prop-view.ts';
import type { View } from '../../citizens/scene-view.ts';
import { type Conditions, noiseAt } from './conditions.ts';
import { between, chance } from './seeded.ts';

/** From where the victim was photographed, decimetres. At life size such a picture fills a sheet of A4. */
const TAKEN_FROM = 4.4;
/** A portrait's share of it. */
const PORTRAIT = { width: 0.62, height: 0.96 };

/** The picture that was printed: taken in good light, without the terminal. */
export function portraitOf(conditions: Conditions): View {
  return {
    people: [{ head: conditions.victim, pose: NEUTRAL_POSE }],
    distance: TAKEN_FROM,
    noise: { seed: conditions.seed, frame: 0, level: 1 },
  };
}

/** What all sheets of a presentation have in common. */
export function sheetOf(
  conditions: Conditions,
): Pick<PhotoProp, 'kind' | 'shows' | 'crop' | 'gloss' | 'magnified'> {
  return {
    kind: 'photo',
    shows: portraitOf(conditions),
    ...(chance(conditions.seed, 'cut') < 0.5 ? { crop: PORTRAIT } : {}),
    gloss: chance(conditions.seed, 'gloss') < 0.3 ? 0.8 : 0,
    magnified: between(0.95, 1.08, chance(conditions.seed, 'size')),
  };
}

/** Nothing but a sheet before the camera. */
export function sheetAlone(conditions: Conditions, { time, flash }: Moment, sheet: PhotoProp): View {
  return {
    people: [],
    props: [sheet],
    light: conditions.light,
    distance: conditions.distance,
    flash,
    noise: noiseAt(conditions, time),
  };
}

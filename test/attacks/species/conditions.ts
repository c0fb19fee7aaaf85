import type { HeadId } from '../../citizens/citizen-controls.ts';
import { LEAST_ALIKE } from '../../citizens/impostors.ts';
import type { Light, SensorNoise } from '../../citizens/scene-view.ts';
import { between, byTurns, chance } from './seeded.ts';

/**
 * Whose faces are stolen: differing in sex, age and skin, and none hides an eye behind hair, so that an attack
 * fails for what it is.
 */
export const VICTIMS = ['lin', 'mei', 'kofi', 'vera', 'juan', 'zola'] as const satisfies readonly HeadId[];

/** Who wears the victim's printed face: somebody whose eyes and skin in its holes are like the victim's. */
export const WEARER: Readonly<Record<(typeof VICTIMS)[number], HeadId>> = {
  lin: 'juan',
  mei: 'juan',
  kofi: 'zola',
  vera: 'juan',
  juan: 'lin',
  zola: 'ada',
};

export type Victim = (typeof VICTIMS)[number];

/**
 * Where and in which light an attack takes place. Attackers choose what suits them: most of it is a usual hall, and
 * none is so dark that the hints would ask for better: what stops them is to be something else.
 */
export interface Conditions {
  readonly victim: Victim;
  /** Who holds the photo, or stands beside: somebody who could not be taken for the victim. */
  readonly accomplice: HeadId;
  readonly wearer: HeadId;
  readonly seed: number;
  readonly light: Light;
  /** From the face, or what is taken for one, to the camera; decimetres. */
  readonly distance: number;
  /** The camera's, grey levels of 255. */
  readonly noise: number;
}

const LIGHTS: readonly Light[] = [
  { kind: 'hall', level: 1 },
  { kind: 'hall', level: 0.85 },
  { kind: 'side', level: 1 },
  { kind: 'hall', level: 1.1 },
  { kind: 'dim', level: 1.3 },
];
const NEAREST = 5.2;
const FARTHEST = 6.4;

/** Conditions of a species' presentation; `speciesSeed` keeps species from sharing their accidents. */
export function conditionsOf(speciesSeed: number, index: number): Conditions {
  const seed = speciesSeed * 1000 + index;
  const victim = byTurns(VICTIMS, index);
  return {
    victim,
    accomplice: LEAST_ALIKE[victim],
    wearer: WEARER[victim],
    seed,
    // The lights go round once for every round of victims, so that each victim meets each light.
    light: byTurns(LIGHTS, index + Math.floor(index / VICTIMS.length)),
    distance: between(NEAREST, FARTHEST, chance(seed, 'distance')),
    noise: between(1.5, 3, chance(seed, 'noise')),
  };
}

/** The noise of the picture taken at a time: no two times give the same. */
export function noiseAt(conditions: Conditions, time: number): SensorNoise {
  return { seed: conditions.seed, frame: Math.round(time), level: conditions.noise };
}

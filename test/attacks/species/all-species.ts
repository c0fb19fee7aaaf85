import { BENT_PHOTO } from './bent-photo.ts';
import { EYES_AND_MOUTH_CUT_OUT, EYES_CUT_OUT } from './cut-out-photos.ts';
import { HAND_HELD_PHOTO } from './hand-held-photo.ts';
import { FROZEN_INJECTION, LOOPED_INJECTION } from './injections.ts';
import { MANNEQUIN } from './mannequin.ts';
import { MOVED_PHOTO } from './moved-photo.ts';
import { GUESSED_ORDER, KNOWN_ORDER } from './order-replays.ts';
import { REPLAYS } from './replays.ts';
import type { Species } from './species.ts';
import { SPLICED_INJECTION, SPLICED_ON_SCREEN } from './splices.ts';
import { STILL_PHOTO } from './still-photo.ts';
import { SWAPPED_PHOTO } from './swapped-photo.ts';
import { TILTED_PHOTO } from './tilted-photo.ts';
import { TWO_PEOPLE } from './two-people.ts';

/** Every way of deceiving the terminal that is tried, in the order of the report. */
export const ATTACK_SPECIES: readonly Species[] = [
  STILL_PHOTO,
  HAND_HELD_PHOTO,
  MOVED_PHOTO,
  TILTED_PHOTO,
  BENT_PHOTO,
  EYES_CUT_OUT,
  EYES_AND_MOUTH_CUT_OUT,
  ...REPLAYS,
  GUESSED_ORDER,
  KNOWN_ORDER,
  SPLICED_INJECTION,
  SPLICED_ON_SCREEN,
  MANNEQUIN,
  SWAPPED_PHOTO,
  FROZEN_INJECTION,
  LOOPED_INJECTION,
  TWO_PEOPLE,
];

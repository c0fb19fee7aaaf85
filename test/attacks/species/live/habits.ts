import { type Manner, mannerOf } from '../../../citizens/manner.ts';
import type { View } from '../../../citizens/scene-view.ts';
import { chance } from '../seeded.ts';

/** What is particular about how somebody stands there. */
export const HABITS = [
  'usual',
  'slow',
  'blinks often',
  'restless',
  'speaks',
  'hair over an eye',
  'small movements',
] as const;
export type Habit = (typeof HABITS)[number];

export function mannerWith(habit: Habit, seed: number): Manner {
  const manner = mannerOf(seed);
  switch (habit) {
    case 'slow':
      return { ...manner, slowness: 1.7, reaction: [900, 1500] };
    case 'blinks often':
      return { ...manner, betweenBlinks: 1700 };
    case 'restless':
      return { ...manner, restlessness: 2 };
    case 'small movements':
      return { ...manner, turnDegrees: 25, nodDegrees: 17, mouth: 0.7, smile: 0.85 };
    case 'usual':
    case 'speaks':
    case 'hair over an eye':
      return manner;
  }
}

/** Syllables open the mouth a little, a few times a second, in phrases with pauses between them. */
const SYLLABLE = 230;
const PHRASE = 1900;
const PAUSE = 1400;
const OPEN = 0.16;

/** The view with what the habit changes in a face, beside its movements. */
export function withHabit(
  view: View,
  options: { readonly habit: Habit; readonly seed: number; readonly time: number },
): View {
  const { habit, seed, time } = options;
  const people = (subject: View['people']): View['people'] => {
    switch (habit) {
      case 'speaks':
        return subject.map((person) => ({
          ...person,
          pose: { ...person.pose, openMouth: Math.max(person.pose.openMouth, speech(time, seed)) },
        }));
      case 'hair over an eye':
        return subject.map((person) => ({ ...person, occlusion: 'hair' as const }));
      case 'usual':
      case 'slow':
      case 'blinks often':
      case 'restless':
      case 'small movements':
        return subject;
    }
  };
  return {
    ...view,
    people: people(view.people),
    ...(view.exposure
      ? { exposure: view.exposure.map((each) => ({ ...each, people: people(each.people) })) }
      : {}),
  };
}

function speech(time: number, seed: number): number {
  const within = (time + seed * 131) % (PHRASE + PAUSE);
  if (within > PHRASE) return 0;
  const syllable = Math.floor(within / SYLLABLE);
  const loud = 0.4 + 0.6 * chance(seed, 'syllable', syllable, Math.floor(time / (PHRASE + PAUSE)));
  return OPEN * loud * Math.sin((Math.PI * (within % SYLLABLE)) / SYLLABLE);
}

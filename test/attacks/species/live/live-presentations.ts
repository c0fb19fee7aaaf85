import { HEADS, type HeadId } from '../../../citizens/citizen-controls.ts';
import { livePerson } from '../../../citizens/live-person.ts';
import type { Light } from '../../../citizens/scene-view.ts';
import { between, byTurns, chance } from '../seeded.ts';
import type { Presentation } from '../species.ts';
import { afterHints, followHints } from './follow-hints.ts';
import { HABITS, type Habit, mannerWith, withHabit } from './habits.ts';

/** A living person before the terminal, who does what they are asked. */
export interface LivePresentation extends Presentation {
  readonly habit: Habit;
  /** Whether somebody stands so far off, or in so little light, that the hints should ask for better first. */
  readonly asksForBetter: boolean;
}

interface Place {
  readonly light: Light;
  readonly distance: readonly [number, number];
  readonly asksForBetter: boolean;
}

/** Where people stand: in all lights, at an arm's length or a little more, and too far off. */
const PLACES: readonly Place[] = [
  { light: { kind: 'hall', level: 1 }, distance: [5.2, 5.6], asksForBetter: false },
  { light: { kind: 'dim', level: 1 }, distance: [5.2, 6.2], asksForBetter: false },
  { light: { kind: 'hall', level: 1 }, distance: [5.8, 6.5], asksForBetter: false },
  { light: { kind: 'back', level: 1.2 }, distance: [5.2, 6.2], asksForBetter: false },
  { light: { kind: 'side', level: 1 }, distance: [5.2, 6.2], asksForBetter: false },
  { light: { kind: 'hall', level: 0.8 }, distance: [7.8, 8.6], asksForBetter: true },
  { light: { kind: 'hall', level: 1.15 }, distance: [5.4, 6.4], asksForBetter: false },
  { light: { kind: 'side', level: 0.85 }, distance: [5.8, 6.5], asksForBetter: false },
  { light: { kind: 'back', level: 0.75 }, distance: [5.6, 6.5], asksForBetter: false },
  { light: { kind: 'dim', level: 0.36 }, distance: [5.4, 6], asksForBetter: true },
  { light: { kind: 'back', level: 1.35 }, distance: [5.4, 6.5], asksForBetter: false },
  { light: { kind: 'dim', level: 1.2 }, distance: [5.8, 6.5], asksForBetter: false },
];

const SEED = 7000;

/** Every identity in every place, with every habit in turn. */
export function livePresentations(): readonly LivePresentation[] {
  return HEADS.flatMap((head, row) =>
    PLACES.map((place, column) => {
      const index = row * PLACES.length + column;
      return presentation({ head, place, index, habit: habitOf(head, index) });
    }),
  );
}

/** Nina's own hair hides an eye already. */
function habitOf(head: HeadId, index: number): Habit {
  const habit = byTurns(HABITS, index);
  return head === 'nina' && habit === 'hair over an eye' ? 'usual' : habit;
}

function presentation(options: {
  readonly head: HeadId;
  readonly place: Place;
  readonly index: number;
  readonly habit: Habit;
}): LivePresentation {
  const { head, place, index, habit } = options;
  const seed = SEED + index;
  const distance = between(...place.distance, chance(seed, 'distance'));
  const person = livePerson({ head, seed, manner: mannerWith(habit, seed), light: place.light, distance });
  return {
    id: `live-${String(index + 1).padStart(3, '0')}`,
    identity: head,
    habit,
    asksForBetter: place.asksForBetter,
    conditions: {
      light: place.light.kind,
      level: place.light.level,
      distance: Math.round(distance * 10) / 10,
      habit,
    },
    perform: (moment) =>
      afterHints(
        withHabit(person(moment), { habit, seed, time: moment.time }),
        followHints(moment.time, moment.told, seed),
      ),
  };
}

import type { LivenessReason } from '../../../../src/domain/liveness/verdict.ts';
import type { Told } from '../../../citizens/performer.ts';
import type { View } from '../../../citizens/scene-view.ts';
import { between, chance } from '../seeded.ts';

/** What somebody has changed after all hints so far. */
export interface Followed {
  /** Decimetres towards the camera. */
  readonly nearer: number;
  /** Factor of the light: whoever is told that it is too dark turns to the lamp or has it turned up. */
  readonly light: number;
  /** Whether they have turned so far that a window behind them is now at their side. */
  readonly turnedFromWindow: boolean;
}

/** Reading the hint takes this long, and this long somebody goes on when it has gone: ms. */
const READING = [700, 1300] as const;
const STOPPING = 150;
/** Decimetres and parts of the light a second. */
const STEP = 0.9;
/** It takes about this long to turn with the window beside oneself. */
const TURNING = 1800;
const LIGHTING = 0.25;
/** Nobody leans against the camera. */
const NEAREST_STEPS = 3.5;
const MOST_LIGHT = 1.8;

/** Somebody who reads the hints and does what they say, for as long as they say it. */
export function followHints(time: number, told: readonly Told[], seed: number): Followed {
  let nearer = 0;
  let light = 1;
  let turnedFromWindow = false;
  for (const hint of told) {
    if (hint.kind !== 'hint') continue;
    const begins = hint.since + between(...READING, chance(seed, 'reading', hint.since));
    const ends = Math.min(time, hint.until === null ? time : hint.until + STOPPING);
    const seconds = Math.max(0, ends - begins) / 1000;
    nearer += steps(hint.reason) * STEP * seconds;
    if (hint.reason === 'light-behind' && seconds * 1000 > TURNING) turnedFromWindow = true;
    light *= 1 + lamps(hint.reason) * LIGHTING * seconds;
  }
  return {
    nearer: Math.max(-NEAREST_STEPS, Math.min(NEAREST_STEPS, nearer)),
    light: Math.max(1 / MOST_LIGHT, Math.min(MOST_LIGHT, light)),
    turnedFromWindow,
  };
}

function steps(reason: LivenessReason): number {
  if (reason === 'too-far') return 1;
  return reason === 'too-close' ? -1 : 0;
}

function lamps(reason: LivenessReason): number {
  if (reason === 'too-dark') return 1;
  return reason === 'too-bright' ? -1 : 0;
}

/** The same view after somebody followed hints. */
export function afterHints(view: View, followed: Followed): View {
  const move = (people: View['people']) =>
    people.map((person) => ({ ...person, pose: { ...person.pose, z: person.pose.z + followed.nearer } }));
  const light = view.light ?? { kind: 'hall', level: 1 };
  return {
    ...view,
    people: move(view.people),
    ...(view.exposure
      ? { exposure: view.exposure.map((each) => ({ ...each, people: move(each.people) })) }
      : {}),
    light: {
      kind: light.kind === 'back' && followed.turnedFromWindow ? 'side' : light.kind,
      level: light.level * followed.light,
    },
  };
}

import type { Action } from '../../../src/domain/liveness/action.ts';
import { allowedSequences } from '../../../src/domain/liveness/plan.ts';
import { poseAt } from '../../citizens/live-person.ts';
import { mannerOf } from '../../citizens/manner.ts';
import type { Told } from '../../citizens/performer.ts';
import type { View } from '../../citizens/scene-view.ts';
import { CLIP_FRAME_MS } from './clip.ts';
import type { Conditions } from './conditions.ts';
import { deviceFor, type Setting, screenView } from './device.ts';
import { presentationsOf } from './presentations.ts';
import { recordedBy } from './replays.ts';
import { byTurns, chance } from './seeded.ts';
import type { Presentation, Species } from './species.ts';

/**
 * A recording of three actions in an order that was guessed beforehand. Each movement in it begins a human delay after
 * its prompt: the luckiest timing there is, so that nothing but the order can be wrong.
 */
export const GUESSED_ORDER: Species = {
  id: 'replay-guessed-order',
  kind: 'screen',
  name: { en: 'Replay that guesses the order', zh: '猜测顺序的视频回放' },
  has: 'a recording of three actions in a guessed order that keeps time with the prompts, on a screen',
  stops: 'one of 96 orders is right; else another action than the asked one is seen',
  presentations: () =>
    presentations({
      species: 'replay-guessed-order',
      seed: 41,
      recordedTold: (told, conditions) => inGuessedOrder(told, guessOf(conditions)),
      describe: (conditions) => ({ guess: guessOf(conditions).join(' ') }),
    }),
};

/** The same with the right order: what is left when chance, or an insider, gives the order away. */
export const KNOWN_ORDER: Species = {
  id: 'replay-known-order',
  kind: 'screen',
  name: { en: 'Replay that happens to know the order', zh: '恰好知道顺序的视频回放' },
  has: 'a recording of the very actions that are asked, in their order and in time, on a screen',
  stops:
    "nothing in the landmarks: the screen's texture, its frame and the missing answer to the flashes refer it",
  presentations: () =>
    presentations({
      species: 'replay-known-order',
      seed: 42,
      recordedTold: (told) => told,
      describe: () => ({}),
    }),
};

const SETTINGS: readonly Setting[] = [
  { nearness: 'near', bezel: true },
  { nearness: 'far', bezel: false },
  { nearness: 'near', bezel: false },
  { nearness: 'far', bezel: true },
];

function presentations(options: {
  readonly species: string;
  readonly seed: number;
  /** What the recorded person was told, given what the terminal says. */
  readonly recordedTold: (told: readonly Told[], conditions: Conditions) => readonly Told[];
  readonly describe: (conditions: Conditions) => Readonly<Record<string, string>>;
}): readonly Presentation[] {
  return presentationsOf({
    species: options.species,
    seed: options.seed,
    stage: (conditions, index) => {
      const setting = byTurns(SETTINGS, index);
      const device = deviceFor(setting, index);
      return (moment) => {
        const told = options.recordedTold(moment.told, conditions);
        const view = recordedView(conditions, moment.time, told);
        return screenView({ conditions, setting, device, moment, shows: [{ view, share: 1 }] });
      };
    },
    describe: (conditions, index) => {
      const setting = byTurns(SETTINGS, index);
      return {
        device: deviceFor(setting, index).name,
        nearness: setting.nearness,
        frame: setting.bezel ? 'in sight' : 'out of sight',
        ...options.describe(conditions),
      };
    },
  });
}

/** The recording's picture at a time. */
function recordedView(conditions: Conditions, time: number, told: readonly Told[]): View {
  const recorded = recordedBy(conditions);
  const frame = Math.floor(time / CLIP_FRAME_MS);
  return {
    people: [
      { head: recorded.person, pose: poseAt({ told }, frame * CLIP_FRAME_MS, mannerOf(conditions.seed)) },
    ],
    distance: recorded.takenFrom,
    light: recorded.light,
    noise: { seed: recorded.seed, frame, level: recorded.noise },
  };
}

function guessOf(conditions: Conditions): readonly Action[] {
  const orders = allowedSequences([]);
  return byTurns(orders, Math.floor(chance(conditions.seed, 'guess') * orders.length));
}

/** The first prompt gets the first of the guessed actions, whatever it asks, and so on round again. */
function inGuessedOrder(told: readonly Told[], guess: readonly Action[]): readonly Told[] {
  return told
    .filter((each) => each.kind === 'prompt')
    .map((prompt, number) => ({ ...prompt, action: byTurns(guess, number) }));
}

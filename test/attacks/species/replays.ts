import { ACTIONS } from '../../../src/domain/liveness/action.ts';
import type { Moment, Told } from '../../citizens/performer.ts';
import { allActions, type Clip, clipView, recordingOf } from './clip.ts';
import type { Conditions } from './conditions.ts';
import { deviceFor, type Setting, screenView } from './device.ts';
import { presentationsOf } from './presentations.ts';
import { between, byTurns, chance } from './seeded.ts';
import type { Species } from './species.ts';

type Content = 'single' | 'loop';

const SETTINGS: readonly Setting[] = [
  { nearness: 'near', bezel: true },
  { nearness: 'near', bezel: false },
  { nearness: 'far', bezel: true },
  { nearness: 'far', bezel: false },
];

/** A recording on a screen, started when the first prompt appears and played round and round from there. */
export const REPLAYS: readonly Species[] = (['single', 'loop'] as const).flatMap((content) =>
  SETTINGS.map((setting, number) => replaySpecies(content, setting, number)),
);

function replaySpecies(content: Content, setting: Setting, number: number): Species {
  const id = `replay-${content}-${setting.nearness}-${setting.bezel ? 'framed' : 'frameless'}`;
  return {
    id,
    kind: 'screen',
    name: nameOf(content, setting),
    has:
      content === 'single'
        ? 'a recording of the person doing one action, on a screen'
        : 'a recording of the person doing all six actions, on a screen',
    stops: 'the order is drawn anew: another action than the asked one is seen, or none in its window',
    presentations: () =>
      presentationsOf({
        species: id,
        seed: (content === 'single' ? 20 : 30) + number,
        stage: (conditions, index) => {
          const clip = clipFor(content, conditions, index);
          const device = deviceFor(setting, index);
          const delay = between(250, 900, chance(conditions.seed, 'start'));
          return (moment) => {
            const view = clipView(clip, playedUpTo(moment, clip, delay));
            return screenView({ conditions, setting, device, moment, shows: [{ view, share: 1 }] });
          };
        },
        describe: (conditions, index) => ({
          device: deviceFor(setting, index).name,
          actions: clipFor(content, conditions, index)
            .program.map((step) => step.action)
            .join(' '),
        }),
      }),
  };
}

function clipFor(content: Content, conditions: Conditions, index: number): Clip {
  return recordingOf({
    ...recordedBy(conditions),
    actions: content === 'single' ? [byTurns(ACTIONS, index)] : allActions(conditions.seed),
  });
}

/**
 * How somebody was recorded who is shown on a screen: in good light, by a good camera, and from so far off that the
 * picture fills what the terminal's camera sees.
 */
export function recordedBy(conditions: Conditions): Omit<Clip, 'program' | 'length'> {
  return {
    person: conditions.victim,
    seed: conditions.seed,
    takenFrom: 6.7,
    light: { kind: 'hall', level: 1 },
    noise: 1.2,
  };
}

/** Before the first prompt the clip stays in its quiet beginning, there and back; then it runs on from where it is. */
function playedUpTo({ time, told }: Moment, clip: Clip, delay: number): number {
  const first = firstPrompt(told);
  const quiet = clip.program[0]?.at ?? clip.length;
  const started = first === null ? time : Math.min(time, first.since + delay);
  return thereAndBackAgain(started, quiet - 300) + (time - started);
}

function firstPrompt(told: readonly Told[]) {
  return told.find((each) => each.kind === 'prompt') ?? null;
}

function thereAndBackAgain(time: number, length: number): number {
  const within = time % (2 * length);
  return within < length ? within : 2 * length - within;
}

function nameOf(content: Content, { nearness, bezel }: Setting): Species['name'] {
  const what = {
    single: { en: 'Replay of one action', zh: '单一动作的视频回放' },
    loop: { en: 'Replay of all six in a loop', zh: '六种动作循环回放' },
  }[content];
  const where = {
    near: { en: 'screen near', zh: '近距离屏幕' },
    far: { en: 'screen far', zh: '远距离屏幕' },
  }[nearness];
  const frame = bezel
    ? { en: 'its frame in sight', zh: '可见边框' }
    : { en: 'no frame in sight', zh: '不见边框' };
  return { en: `${what.en}, ${where.en}, ${frame.en}`, zh: `${what.zh}，${where.zh}，${frame.zh}` };
}

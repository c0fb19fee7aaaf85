import { ACTIONS } from '../../../src/domain/liveness/action.ts';
import { mannerOf } from '../../citizens/manner.ts';
import { durationOf } from '../../citizens/performance.ts';
import type { Moment } from '../../citizens/performer.ts';
import type { ShownPicture } from '../../citizens/props/prop-view.ts';
import type { Subject, View } from '../../citizens/scene-view.ts';
import { type Clip, clipView, recordingOf } from './clip.ts';
import type { Conditions } from './conditions.ts';
import { deviceFor, type Setting, screenView } from './device.ts';
import { presentationsOf } from './presentations.ts';
import { recordedBy } from './replays.ts';
import { between, byTurns, chance } from './seeded.ts';
import type { Species } from './species.ts';

/** From a prompt to the jump: a program that reads the screen, or a hand on a keyboard. */
const JUMP_AFTER = [250, 650] as const;
/** How far before its movement the recording is entered, and how long after it is left. */
const ENTERED_BEFORE = 250;
const LEFT_AFTER = 350;
/** The quiet part outlasts the wait for the first prompt: the cuts come with the actions, and not before. */
const LEAD = 9000;
/** Length of a fade; none is a hard cut. */
const FADES = [0, 200, 0, 320] as const;

/** A player that jumps within one long recording to whatever is asked, its picture fed in place of the camera's. */
export const SPLICED_INJECTION: Species = {
  id: 'spliced-injection',
  kind: 'splice',
  name: { en: 'Spliced recording, injected', zh: '注入的拼接视频' },
  has: 'recordings of all six actions and a player that jumps to the asked one, fed in as a camera',
  stops:
    'cuts move the face from one frame to the next; the quiet part comes twice; no answer to the flashes; the system ' +
    'names the camera',
  presentations: () =>
    presentationsOf({
      species: 'spliced-injection',
      seed: 51,
      stage: (conditions, index) => {
        const recording = longRecording(conditions, { takenFrom: conditions.distance });
        const fade = byTurns(FADES, index);
        return (moment) => blended(splicedAt(moment, { recording, fade, seed: conditions.seed }));
      },
      describe: (_, index) => ({ fade: byTurns(FADES, index) }),
    }),
};

/** The same player on a screen before the camera. */
export const SPLICED_ON_SCREEN: Species = {
  id: 'spliced-on-screen',
  kind: 'splice',
  name: { en: 'Spliced recording on a screen', zh: '屏幕上的拼接视频' },
  has: 'recordings of all six actions and a player that jumps to the asked one, on a screen',
  stops:
    "cuts move the face from one frame to the next; the screen's texture and frame; no answer to the flashes",
  presentations: () =>
    presentationsOf({
      species: 'spliced-on-screen',
      seed: 52,
      stage: (conditions, index) => {
        const setting = byTurns(SETTINGS, index);
        const device = deviceFor(setting, index);
        const recording = longRecording(conditions, {});
        const fade = byTurns(FADES, index);
        return (moment) => {
          const shows = splicedAt(moment, { recording, fade, seed: conditions.seed });
          return screenView({ conditions, setting, device, moment, shows });
        };
      },
      describe: (_, index) => ({
        fade: byTurns(FADES, index),
        device: deviceFor(byTurns(SETTINGS, index), index).name,
      }),
    }),
};

const SETTINGS: readonly Setting[] = [
  { nearness: 'far', bezel: false },
  { nearness: 'near', bezel: false },
  { nearness: 'near', bezel: true },
];

function longRecording(conditions: Conditions, taken: { readonly takenFrom?: number }): Clip {
  return recordingOf({
    ...recordedBy(conditions),
    ...taken,
    ...{ noise: conditions.noise, actions: ACTIONS, lead: LEAD },
  });
}

/** Where in the recording the player is, and since when it has played from there. */
interface Position {
  readonly at: number;
  readonly since: number;
}

interface Splicing {
  readonly recording: Clip;
  readonly fade: number;
  readonly seed: number;
}

/** One picture of the recording, or two while one fades into the other. */
function splicedAt(moment: Moment, splicing: Splicing): readonly ShownPicture[] {
  const { recording, fade } = splicing;
  const [now, before] = positionsAt(moment, splicing);
  const sinceJump = moment.time - now.since;
  const view = clipView(recording, now.at + sinceJump);
  if (before === null || sinceJump >= fade) return [{ view, share: 1 }];
  const left = clipView(recording, before.at + moment.time - before.since);
  // In quarters, so that a mean of four pictures gives the same.
  const share = Math.ceil((4 * sinceJump) / fade) / 4;
  if (share >= 1) return [{ view, share: 1 }];
  return share <= 0
    ? [{ view: left, share: 1 }]
    : [
        { view: left, share: 1 - share },
        { view, share },
      ];
}

/** The player's jumps so far, the last two: to an action when it is asked, and back to the quiet part after it. */
function positionsAt(moment: Moment, { recording, seed }: Splicing): readonly [Position, Position | null] {
  const quiet = recording.program[0]?.at ?? recording.length;
  const jumps: Position[] = quietLoop({ from: 0, until: moment.time, quiet });
  for (const prompt of moment.told) {
    const step = recording.program.find((each) => prompt.kind === 'prompt' && each.action === prompt.action);
    if (step === undefined) continue;
    const since = prompt.since + between(...JUMP_AFTER, chance(seed, 'jump', prompt.since));
    const back = since + ENTERED_BEFORE + durationOf(step.action, mannerOf(recording.seed)) + LEFT_AFTER;
    if (since > moment.time) continue;
    const kept = jumps.filter((jump) => jump.since < since);
    jumps.length = 0;
    jumps.push(...kept, { at: step.at - ENTERED_BEFORE, since });
    if (back <= moment.time) jumps.push(...quietLoop({ from: back, until: moment.time, quiet }));
  }
  const [now, before] = jumps.toReversed();
  return [now ?? { at: 0, since: 0 }, before ?? null];
}

/** The quiet beginning of the recording, played again and again. */
function quietLoop(options: {
  readonly from: number;
  readonly until: number;
  readonly quiet: number;
}): Position[] {
  const length = options.quiet - ENTERED_BEFORE;
  const rounds = Math.floor((options.until - options.from) / length) + 1;
  return Array.from({ length: rounds }, (_, round) => ({ at: 0, since: options.from + round * length }));
}

/** Two pictures in quarters as the mean of four; nothing of a camera is added to what was recorded. */
function blended(shows: readonly ShownPicture[]): View {
  const [first, second] = shows;
  if (!first) return { people: [] };
  if (!second) return first.view;
  const quarters: Subject[] = [
    ...Array.from({ length: Math.round(4 * first.share) }, () => ({ people: first.view.people })),
    ...Array.from({ length: Math.round(4 * second.share) }, () => ({ people: second.view.people })),
  ];
  return { ...first.view, exposure: quarters.slice(1) };
}

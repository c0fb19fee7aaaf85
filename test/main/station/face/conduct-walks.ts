import fc from 'fast-check';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { conduct } from '#station/face/conduct.ts';
import {
  beginConducting,
  type ConductEffect,
  type ConductEvent,
  type Conducting,
} from '#station/face/conducting.ts';
import { acting, planOf } from '../../../domain/liveness/rehearsal.ts';
import { emptyFrame, FRONT, faceFrame } from '../../../domain/liveness/synthetic-face.ts';

const OFFSET = 5000;
export const PLAN = planOf('turn-left', 'open-mouth', 'blink');
const JPEG = () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const embedding = () => new Int16Array(EMBEDDING_LENGTH).fill(700);

type Move = { readonly waitMs: number; readonly skew: number } & (
  | { readonly kind: 'frames'; readonly count: number; readonly what: Seen }
  | { readonly kind: 'prompt'; readonly index: number }
  | { readonly kind: 'flash'; readonly index: number }
  | { readonly kind: 'picture'; readonly requestId: number; readonly good: boolean }
  | { readonly kind: 'read'; readonly requestId: number; readonly known: boolean }
  | { readonly kind: 'choose'; readonly choice: 'keep' | 'retake' }
  | { readonly kind: 'tick' }
);
type Seen = 'front' | 'left' | 'right' | 'mouth' | 'shut' | 'nobody' | 'two' | 'far' | 'garbage';

const skew = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.double({ min: -1e4, max: 1e4 }) },
);
const waitMs = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 60, max: 220 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9000 }) },
);
const common = { waitMs, skew };
const index = fc.integer({ min: 0, max: 5 });
const requestId = fc.integer({ min: 0, max: 14 });
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('frames' as const),
      count: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) },
        fc.integer({ min: 60, max: 70 }),
      ),
      what: fc.oneof(
        { weight: 6, arbitrary: fc.constant('front' as Seen) },
        fc.constantFrom<Seen>('left', 'right', 'mouth', 'shut', 'nobody', 'two', 'far', 'garbage'),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('prompt' as const), index }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('flash' as const), index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('picture' as const),
      requestId,
      good: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ ...common, kind: fc.constant('read' as const), requestId, known: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('choose' as const),
      choice: fc.constantFrom('keep' as const, 'retake' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('tick' as const) }) },
);

function frame(what: Seen, at: number): LandmarkFrame {
  switch (what) {
    case 'front':
      return faceFrame({ at });
    case 'left':
      return faceFrame({ at, pose: { ...FRONT, yaw: 30 } });
    case 'right':
      return faceFrame({ at, pose: { ...FRONT, yaw: -30 } });
    case 'mouth':
      return faceFrame({ at, pose: { ...FRONT, mouth: 0.9 } });
    case 'shut':
      return faceFrame({ at, pose: { ...FRONT, eyes: 0 } });
    case 'nobody':
      return emptyFrame(at);
    case 'two':
      return { ...faceFrame({ at }), faces: 2, secondFaceShare: 0.9 };
    case 'far':
      return faceFrame({ at, pose: { ...FRONT, distance: 200 } });
    case 'garbage':
      return { ...faceFrame({ at }), points: new Int16Array(150), secondFaceShare: Number.NaN };
  }
}

function eventOf(move: Move, now: number): ConductEvent {
  const rendererNow = now + OFFSET;
  const at = rendererNow + move.skew;
  switch (move.kind) {
    case 'frames': {
      const frames = Array.from({ length: move.count }, (_, place) =>
        frame(move.what, at - (move.count - place) * 15),
      );
      return { type: 'frames', now, sentAt: at, frames };
    }
    case 'prompt':
      return {
        type: 'prompt-painted',
        now,
        index: move.index,
        action: PLAN.steps[move.index]?.action ?? 'blink',
        at,
      };
    case 'flash':
      return {
        type: 'flash-painted',
        now,
        index: move.index,
        colour: PLAN.flashes[move.index] ?? 'dark',
        at,
      };
    case 'picture':
      return {
        type: 'picture',
        now,
        requestId: move.requestId,
        at,
        jpeg: move.good ? JPEG() : Uint8Array.of(1),
      };
    case 'read':
      return {
        type: 'picture-read',
        now,
        requestId: move.requestId,
        embedding: move.known ? embedding() : null,
        passive: null,
      };
    case 'choose':
      return { type: 'portrait-chosen', now, choice: move.choice };
    case 'tick':
      return { type: 'tick', now };
  }
}

export interface Place {
  readonly state: Conducting;
  readonly now: number;
  readonly effects: readonly (ConductEffect & { readonly told: number })[];
}

function onward({ state, effects, now }: Place, event: ConductEvent): Place {
  const next = conduct(state, event);
  const told = next.effects.map((effect) => ({ ...effect, told: event.now }));
  return { state: next.state, effects: [...effects, ...told], now: Math.max(now, event.now) };
}

function beginning(flash: boolean): Place {
  const begun = beginConducting({
    attempt: 1,
    plan: PLAN,
    exchanges: [],
    flash,
    now: 0,
    firstRequestId: 1,
  });
  return { state: begun.state, now: 0, effects: begun.effects.map((effect) => ({ ...effect, told: 0 })) };
}

/** What an honest page and a willing citizen answer to where the try stands, until it has ended. */
function honestWay(flash: boolean, says: (retakesLeft: number) => 'keep' | 'retake'): readonly Place[] {
  const places: Place[] = [beginning(flash)];
  const movements: { action: Action; from: number }[] = [];
  for (let now = 90; now < 120_000; now += 90) {
    let place = endOf(places);
    const answer = (event: ConductEvent) => {
      place = onward(place, event);
      places.push(place);
    };
    const at = now + OFFSET;
    const pose = movements.reduce((before, { action, from }) => acting(action, before, now, from, 30), FRONT);
    answer({ type: 'frames', now, sentAt: at, frames: [faceFrame({ at: at - 10, pose })] });
    const [asked] = place.state.asked;
    if (asked) answer({ type: 'picture', now, requestId: asked.requestId, at: at - 10, jpeg: JPEG() });
    const [unread] = place.state.unread;
    if (unread !== undefined)
      answer({ type: 'picture-read', now, requestId: unread, embedding: embedding(), passive: null });
    const { view, step } = place.state;
    if (step.name === 'painting' && view.phase === 'prompt') {
      answer({ type: 'prompt-painted', now, index: view.index, action: view.action, at });
      movements.push({ action: view.action, from: now + 900 });
    }
    if (step.name === 'flash' && step.paintedAt === null && view.phase === 'flash')
      answer({ type: 'flash-painted', now, index: view.index, colour: view.colour, at });
    if (step.name === 'choosing' && view.phase === 'portrait')
      answer({ type: 'portrait-chosen', now, choice: says(view.retakesLeft) });
    answer({ type: 'tick', now });
    if (place.state.step.name === 'ended') break;
  }
  return places;
}

/** Keeps the first portrait. */
export const PLAIN_WAY = honestWay(false, () => 'keep');
/** Lit by the screen, and has every portrait taken again. */
export const FLASHED_WAY = honestWay(true, (left) => (left > 0 ? 'retake' : 'keep'));

export function endOf(way: readonly Place[]): Place {
  const end = way.at(-1);
  if (end === undefined) throw new Error('a way without places');
  return end;
}

/** Sets out from anywhere along an honest way. */
export const anyWalk: fc.Arbitrary<Place> = fc
  .tuple(fc.constantFrom(PLAIN_WAY, FLASHED_WAY), fc.nat(), fc.array(anyMove, { maxLength: 60 }))
  .map(([way, from, moves]) =>
    moves.reduce<Place>(
      (place, move) => onward(place, eventOf(move, place.now + move.waitMs)),
      way[from % way.length] ?? endOf(way),
    ),
  );

export const viewsOf = ({ effects }: Place) =>
  effects.flatMap((effect) => (effect.type === 'view' ? [{ ...effect.view, told: effect.told }] : []));

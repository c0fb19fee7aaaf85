import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { conduct } from '#station/face/conduct.ts';
import {
  beginConducting,
  type ConductEffect,
  type ConductEvent,
  type Conducting,
} from '#station/face/conducting.ts';
import { nextDue } from '#station/face/pass-time.ts';
import { planOf } from '../../../domain/liveness/rehearsal.ts';
import { emptyFrame, FRONT, faceFrame } from '../../../domain/liveness/synthetic-face.ts';

const OFFSET = 5000;

type Move =
  | {
      readonly kind: 'frames';
      readonly waitMs: number;
      readonly count: number;
      readonly what: Seen;
      readonly skew: number;
    }
  | { readonly kind: 'prompt'; readonly waitMs: number; readonly index: number; readonly skew: number }
  | {
      readonly kind: 'picture';
      readonly waitMs: number;
      readonly requestId: number;
      readonly skew: number;
      readonly good: boolean;
    }
  | { readonly kind: 'tick'; readonly waitMs: number };
type Seen = 'front' | 'left' | 'right' | 'mouth' | 'shut' | 'nobody' | 'two' | 'far' | 'garbage';

const skew = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.double({ min: -1e4, max: 1e4 }) },
);
const waitMs = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 60, max: 220 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9000 }) },
);
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('frames' as const),
      waitMs,
      count: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) },
        fc.integer({ min: 60, max: 70 }),
      ),
      what: fc.oneof(
        { weight: 6, arbitrary: fc.constant('front' as Seen) },
        fc.constantFrom<Seen>('left', 'right', 'mouth', 'shut', 'nobody', 'two', 'far', 'garbage'),
      ),
      skew,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('prompt' as const),
      waitMs,
      index: fc.integer({ min: 0, max: 3 }),
      skew,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('picture' as const),
      waitMs,
      requestId: fc.integer({ min: 0, max: 9 }),
      skew,
      good: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const), waitMs }) },
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
  switch (move.kind) {
    case 'frames': {
      const sentAt = rendererNow + move.skew;
      const frames = Array.from({ length: move.count }, (_, index) =>
        frame(move.what, sentAt - (move.count - index) * 15),
      );
      return { type: 'frames', now, sentAt, frames };
    }
    case 'prompt':
      return {
        type: 'prompt-painted',
        now,
        index: move.index,
        action: PLAN.steps[move.index]?.action ?? 'blink',
        at: rendererNow + move.skew,
      };
    case 'picture': {
      const jpeg = move.good ? Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) : Uint8Array.of(1);
      return { type: 'picture', now, requestId: move.requestId, at: rendererNow + move.skew, jpeg };
    }
    case 'tick':
      return { type: 'tick', now };
  }
}

const PLAN = planOf('turn-left', 'open-mouth', 'blink');

/** An honest beginning that leads as far as the second prompt; walks set out from anywhere along it. */
const HONEST: readonly Move[] = [
  ...steps(24, 'front'),
  { kind: 'picture', waitMs: 1, requestId: 1, skew: 0, good: true },
  { kind: 'tick', waitMs: 600 },
  { kind: 'prompt', waitMs: 30, index: 0, skew: 0 },
  ...steps(8, 'front'),
  ...steps(5, 'left'),
  { kind: 'picture', waitMs: 1, requestId: 3, skew: 0, good: true },
  ...steps(3, 'front'),
  { kind: 'tick', waitMs: 600 },
  { kind: 'prompt', waitMs: 30, index: 1, skew: 0 },
  ...steps(8, 'front'),
  ...steps(5, 'mouth'),
  ...steps(3, 'front'),
  { kind: 'tick', waitMs: 600 },
  { kind: 'prompt', waitMs: 30, index: 2, skew: 0 },
  ...steps(8, 'front'),
  ...steps(7, 'shut'),
  ...steps(2, 'front'),
];

function steps(count: number, what: Seen): Move[] {
  return Array.from({ length: count }, () => ({ kind: 'frames', waitMs: 90, count: 2, what, skew: 0 }));
}

const anyWalk: fc.Arbitrary<Move[]> = fc
  .tuple(fc.nat(HONEST.length), fc.array(anyMove, { maxLength: 60 }))
  .map(([honest, moves]) => [...HONEST.slice(0, honest), ...moves]);

function walk(moves: readonly Move[]): {
  readonly state: Conducting;
  readonly effects: readonly ConductEffect[];
  readonly now: number;
} {
  let { state } = beginConducting({
    attempt: 1,
    plan: PLAN,
    exchanges: [],
    flash: false,
    now: 0,
    firstRequestId: 1,
  });
  const effects: ConductEffect[] = [];
  let now = 0;
  for (const move of moves) {
    now += move.waitMs;
    const next = conduct(state, eventOf(move, now));
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects, now };
}

test('the honest way leads through every step', () => {
  const seen = HONEST.map((_, index) => walk(HONEST.slice(0, index + 1)).state.step.name);
  expect(new Set(seen)).toEqual(
    new Set(['positioning', 'gap', 'painting', 'acting', 'returning', 'portrait']),
  );
});

describe('whatever the renderer sends and whenever', () => {
  test('a try never throws, and ends by the passing of time alone', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        let { state, now } = walk(moves);
        for (let wakes = 0; wakes < 60; wakes += 1) {
          const due = nextDue(state);
          if (due === null) break;
          now = Math.max(now, due);
          state = conduct(state, { type: 'tick', now }).state;
        }
        expect(state.step.name).toBe('ended');
      }),
      { numRuns: 200 },
    );
  });

  test('prompts come singly and in order, and it ends once', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        const { state, effects } = walk(moves);
        const shown = effects.flatMap((effect) =>
          effect.type === 'view' && effect.view.phase === 'prompt' ? [effect.view.index] : [],
        );
        expect(shown).toEqual(shown.map((_, index) => index));
        expect(state.prompts.map(({ action }) => action)).toEqual(
          PLAN.steps.slice(0, state.prompts.length).map(({ action }) => action),
        );
        const ends = effects.filter(({ type }) => type === 'ended').length;
        expect(ends).toBe(state.step.name === 'ended' ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });

  test('kept frames are in order and bounded, and no picture is kept that was not asked for', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        const { state, effects } = walk(moves);
        for (const [index, { at }] of state.trace.entries()) {
          expect(at).toBeGreaterThan(state.trace[index - 1]?.at ?? -1);
        }
        const asked = effects.filter(
          (effect) => effect.type === 'command' && effect.command.type === 'capture',
        );
        expect(state.keyFrames.length + state.portraits.length).toBeLessThanOrEqual(asked.length);
        expect(new Set(state.keyFrames.map(({ purpose }) => purpose)).size).toBe(state.keyFrames.length);
      }),
      { numRuns: 200 },
    );
  });
});

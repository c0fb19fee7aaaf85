import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import { ACTIONS } from '#domain/liveness/action.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import { type JudgedTry, judgeTry } from '#domain/liveness/judge.ts';
import { allowedSequences } from '#domain/liveness/plan.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { anyFrames } from './arbitrary-frames.ts';
import { during, withLight } from './changed-frames.ts';
import { planOf, rehearse, WILLING } from './rehearsal.ts';

const anyAction = fc.constantFrom(...ACTIONS);
const anyEmbedding = fc.option(fc.int16Array({ minLength: EMBEDDING_LENGTH, maxLength: EMBEDDING_LENGTH }), {
  nil: null,
});
const anyTry: fc.Arbitrary<JudgedTry> = fc.record({
  plan: fc.record({
    steps: fc.array(fc.record({ action: anyAction, gapMs: fc.double(), windowMs: fc.double() }), {
      maxLength: 4,
    }),
    flashes: fc.array(fc.constantFrom(...FLASH_COLOURS), { maxLength: 6 }),
  }),
  exchanges: fc.array(anyAction, { maxLength: 7 }),
  prompts: fc.array(
    fc.record({ action: anyAction, shownAt: fc.double(), opensAt: fc.double(), closesAt: fc.double() }),
    { maxLength: 4 },
  ),
  flashes: fc.array(fc.record({ colour: fc.constantFrom(...FLASH_COLOURS), shownAt: fc.double() }), {
    maxLength: 6,
  }),
  trace: anyFrames,
  keyFrames: fc.array(
    fc.record({
      purpose: fc.constantFrom('neutral' as const, ...ACTIONS),
      at: fc.double(),
      embedding: anyEmbedding,
      passive: fc.option(fc.double(), { nil: null }),
    }),
    { maxLength: 6 },
  ),
  portrait: fc.option(fc.record({ at: fc.double(), embedding: anyEmbedding }), { nil: null }),
});

/** People who do as they are asked, or not quite, in all plans. */
const played: fc.Arbitrary<JudgedTry> = fc
  .record({
    sequence: fc.constantFrom(...allowedSequences([])),
    idle: fc.option(fc.nat({ max: 2 }), { nil: null }),
    delayMs: fc.integer({ min: 100, max: 3000 }),
    turnDegrees: fc.integer({ min: 12, max: 34 }),
  })
  .map(({ sequence, idle, delayMs, turnDegrees }) =>
    rehearse({
      plan: planOf(...sequence),
      performer: {
        ...WILLING,
        delayMs,
        turnDegrees,
        does: (asked, index) => (index === idle ? 'nothing' : asked),
      },
    }),
  );

const FEW = { numRuns: 40 };

describe('the judge', () => {
  test('gives a verdict on anything, never a living one on noise, and tells finite numbers', () => {
    fc.assert(
      fc.property(anyTry, (judged) => {
        const verdict = judgeTry({ ...judged, trace: thin(undefined, judged.trace) });
        expect(verdict.result).toBe('not-live');
        for (const check of verdict.checks) {
          expect(Number.isFinite(check.value) && Number.isFinite(check.threshold)).toBe(true);
        }
        expect(judgeTry(judged).result).toBe('not-live');
      }),
    );
  });

  test('is a function of its evidence alone', () => {
    fc.assert(
      fc.property(played, (judged) => {
        const copy = structuredClone(judged);
        expect(judgeTry(copy)).toEqual(judgeTry(judged));
      }),
      FEW,
    );
  });

  test('names a reason exactly when a check did not pass, and each check once', () => {
    fc.assert(
      fc.property(played, (judged) => {
        const { result, checks } = judgeTry(judged);
        expect(result === 'live').toBe(checks.every(({ passed }) => passed));
        expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
        const hardFailed = checks.some(({ weight, passed }) => weight === 'hard' && !passed);
        expect(result === 'not-live').toBe(hardFailed);
      }),
      FEW,
    );
  });

  test.each([
    [
      'a second face',
      (judged: JudgedTry, from: number) => inSpan(judged, from, { faces: 2, secondFaceShare: 1 }),
    ],
    [
      'a lost face',
      (judged: JudgedTry, from: number) => inSpan(judged, from + 2700, { faces: 0, points: null }),
    ],
    [
      'signs of a screen',
      (judged: JudgedTry, from: number) => inSpan(judged, from, { texture: { moire: 900, bezel: 1 } }),
    ],
    ['darkness', (judged: JudgedTry) => ({ ...judged, trace: withLight({ mean: 0.02 })([...judged.trace]) })],
    ['an exchange', (judged: JudgedTry) => ({ ...judged, exchanges: ['nod' as const] })],
    ['a missing picture', (judged: JudgedTry) => ({ ...judged, keyFrames: judged.keyFrames.slice(1) })],
    ['no portrait', (judged: JudgedTry) => ({ ...judged, portrait: null })],
  ] as const)('never finds a try better for %s', (_, worsen) => {
    const rank = { 'not-live': 0, referred: 1, live: 2 } as const;
    fc.assert(
      fc.property(played, fc.nat({ max: 12_000 }), (judged, from) => {
        expect(rank[judgeTry(worsen(judged, from)).result]).toBeLessThanOrEqual(
          rank[judgeTry(judged).result],
        );
      }),
      FEW,
    );
  });

  test('never passes an empty plan, whatever is exchanged', () => {
    const nothing = rehearse({ plan: planOf() });
    expect(judgeTry({ ...nothing, exchanges: ACTIONS })).toMatchObject({ result: 'not-live' });
    const flashes = [{ colour: 'white' as const, shownAt: 2600 }];
    expect(judgeTry({ ...nothing, exchanges: ACTIONS, flashes })).toMatchObject({ result: 'not-live' });
  });

  test('takes flashes in the plan’s order only', () => {
    const judged = rehearse({ plan: planOf('turn-left', 'nod', 'smile') });
    const flashes = [
      { colour: FLASH_COLOURS[1], shownAt: 2600 },
      { colour: FLASH_COLOURS[0], shownAt: 2980 },
    ];
    expect(judgeTry({ ...judged, flashes })).toMatchObject({ reason: 'evidence-incomplete' });
  });

  test('judges a long try in a moment', () => {
    const judged = rehearse({
      plan: planOf('turn-left', 'smile', 'nod'),
      performer: { ...WILLING, delayMs: 4200, perSecond: 15 },
    });
    expect(judged.trace.length).toBeGreaterThan(250);
    const times = Array.from({ length: 8 }, () => {
      const fresh = { ...judged, trace: judged.trace.map((frame) => ({ ...frame })) };
      const before = performance.now();
      judgeTry(fresh);
      return performance.now() - before;
    });
    // 4 ms on a quiet machine; the fastest of eight, because the others share the machine with other tests.
    expect(Math.min(...times)).toBeLessThan(20);
  });
});

function inSpan(judged: JudgedTry, from: number, change: Partial<JudgedTry['trace'][number]>): JudgedTry {
  const span = { from, until: from + 900 };
  return { ...judged, trace: during(judged.trace, span, (frame) => ({ ...frame, ...change })) };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import { FLASH_MS } from '#domain/liveness/flash-colour.ts';
import { judgeTry } from '#domain/liveness/judge.ts';
import { conduct } from '#station/face/conduct.ts';
import { nextDue } from '#station/face/pass-time.ts';
import { tryEvidence } from '#station/face/try-evidence.ts';
import { anyWalk, endOf, FLASHED_WAY, PLAIN_WAY, PLAN, type Place, viewsOf } from './conduct-walks.ts';

describe('the honest way', () => {
  const steps = (way: readonly Place[]) => new Set(way.map(({ state }) => state.step.name));
  const most = ['camera', 'positioning', 'gap', 'painting', 'acting', 'returning', 'portrait', 'choosing'];

  test('leads through every step to evidence that is judged live', () => {
    expect(steps(PLAIN_WAY)).toEqual(new Set([...most, 'ended']));
    expect(steps(FLASHED_WAY)).toEqual(new Set([...most, 'flash', 'ended']));
    for (const way of [PLAIN_WAY, FLASHED_WAY]) {
      const { state } = endOf(way);
      const { judged, portrait } = tryEvidence(state);
      expect(judgeTry({ ...judged, switches: { flash: false } })).toMatchObject({ result: 'live' });
      expect(portrait?.embedding).toHaveLength(EMBEDDING_LENGTH);
      expect(judged.keyFrames.every((picture) => picture.embedding !== null)).toBe(true);
    }
  });

  test('each colour stands its time, in the order of the plan', () => {
    const { state } = endOf(FLASHED_WAY);
    expect(state.flashes.map(({ colour }) => colour)).toEqual(PLAN.flashes);
    for (const [place, { shownAt }] of state.flashes.entries())
      expect(shownAt - (state.flashes[place - 1]?.shownAt ?? 0)).toBeGreaterThanOrEqual(FLASH_MS);
  });

  test('two retakes are all, and only the last portrait is kept', () => {
    const { state, effects } = endOf(FLASHED_WAY);
    const left = viewsOf({ state, effects, now: 0 }).flatMap((view) =>
      view.phase === 'portrait' ? [view.retakesLeft] : [],
    );
    expect(left).toEqual([2, 1, 0]);
    const shown = effects.flatMap((effect) => (effect.type === 'portrait' ? [effect.jpeg] : []));
    const zeroed = effects.flatMap((effect) => (effect.type === 'discard' ? [effect.bytes] : []));
    expect(shown).toHaveLength(3);
    expect(shown.map((jpeg) => zeroed.includes(jpeg))).toEqual([true, true, false]);
    expect(state.choice?.portrait.jpeg).toBe(shown[2]);
  });
});

describe('whatever the renderer sends and whenever', () => {
  test('a try never throws, and ends by the passing of time alone', () => {
    fc.assert(
      fc.property(anyWalk, ({ state: from, now: begin }) => {
        let state = from;
        let now = begin;
        for (let wakes = 0; wakes < 80; wakes += 1) {
          const due = nextDue(state);
          if (due === null) break;
          now = Math.max(now, due);
          state = conduct(state, { type: 'tick', now }).state;
        }
        expect(state.step.name).toBe('ended');
        judgeTry(tryEvidence(state).judged);
      }),
      { numRuns: 200 },
    );
  });

  test('prompts come singly, in order and never before their gap, and it ends once', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        const { state, effects } = walk;
        const views = viewsOf(walk);
        const shown = views.flatMap((view) => (view.phase === 'prompt' ? [view.index] : []));
        expect(shown).toEqual(shown.map((_, place) => place));
        for (const [place, view] of views.entries()) {
          if (view.phase !== 'prompt') continue;
          const before = views[place - 1];
          expect(before?.phase).toBe(view.index === 0 ? 'hold-still' : 'between');
          const gap = PLAN.steps[view.index]?.gapMs ?? 0;
          expect(view.told - (before?.told ?? 0)).toBeGreaterThanOrEqual(gap);
        }
        expect(state.prompts.map(({ action }) => action)).toEqual(
          PLAN.steps.slice(0, state.prompts.length).map(({ action }) => action),
        );
        const ends = effects.filter(({ type }) => type === 'ended').length;
        expect(ends).toBe(state.step.name === 'ended' ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });

  test('nothing is flashed more than three times a second, and no flash is believed but the plan’s next', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        const lit = viewsOf(walk).filter(({ phase }) => phase === 'flash');
        for (const [place, { told }] of lit.entries())
          expect(told - (lit[place - 1]?.told ?? -1e9)).toBeGreaterThanOrEqual(FLASH_MS);
        const { flashes } = walk.state;
        expect(flashes.map(({ colour }) => colour)).toEqual(PLAN.flashes.slice(0, flashes.length));
      }),
      { numRuns: 200 },
    );
  });

  test('kept frames are in order and bounded, and no picture is kept that was not asked for', () => {
    fc.assert(
      fc.property(anyWalk, ({ state, effects }) => {
        for (const [place, { at }] of state.trace.entries()) {
          expect(at).toBeGreaterThan(state.trace[place - 1]?.at ?? -1);
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

  test('what was shown once is never lost: from there the try ends with that portrait or a later one', () => {
    fc.assert(
      fc.property(anyWalk, ({ state, effects }) => {
        const wasShown = effects.some(({ type }) => type === 'portrait');
        expect(state.choice !== null).toBe(wasShown);
        if (!wasShown || state.step.name !== 'ended') return;
        expect(tryEvidence(state).portrait).not.toBeNull();
        expect(state.trace.length).toBeLessThanOrEqual(state.choice?.frames ?? 0);
      }),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { accepts, overlayOf } from '#domain/session/accepts.ts';
import { sessionChart } from '#domain/session/chart.ts';
import { FACE_TRIES } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import { EFFECTS, type Effect } from '#domain/session/chart-setup.ts';
import { snapshotOf } from '#domain/session/project.ts';
import { VISITS } from '#domain/session/snapshot.ts';
import { REPORTS, STANDING_WELL, TOUCHES, WAYS } from './chart-events.ts';
import { VIEW } from './record-view.ts';

/** A chart that runs, with a list of what it asked for and a clock that the walk moves. */
function runningChart() {
  const asked: Effect[] = [];
  const clock = new SimulatedClock();
  const actor = createActor(
    sessionChart.provide({
      actions: Object.fromEntries(EFFECTS.map((name) => [name, () => asked.push(name)])),
    }),
    { clock },
  );
  actor.start();
  return { actor, asked, clock };
}

const READY: readonly ChartEvent[] = [
  STANDING_WELL,
  { type: 'device.changed', role: 'reader', state: 'ready' },
  { type: 'device.changed', role: 'scanner', state: 'ready' },
];

const NEEDS_CONSENT: readonly Effect[] = [
  'startReader',
  'keepPhone',
  'beginTry',
  'saveEnrolment',
  'printSlip',
];

type Step = { readonly event: ChartEvent } | { readonly pass: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TOUCHES).map((event) => ({ event })) },
  { weight: 6, arbitrary: fc.constantFrom(...REPORTS).map((event) => ({ event })) },
  { weight: 2, arbitrary: fc.constantFrom(...READY).map((event) => ({ event })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(500, 4_000, 10_000, 24_000, 30_000, 120_000).map((pass) => ({ pass })),
  },
);

/** Leads far into a session of each visit, so that walks do not all end at the first screens. */
const ahead: fc.Arbitrary<readonly ChartEvent[]> = fc
  .tuple(fc.constantFrom(...VISITS), fc.integer({ min: 0, max: 20 }))
  .map(([visit, steps]) => {
    const way: ChartEvent[] = [...READY, { type: 'start' }, { type: 'continue' }, ...WAYS[visit]];
    return [
      ...way,
      { type: 'saved' } as const,
      { type: 'decided', outcome: { kind: 'issued' } } as const,
    ].slice(0, steps);
  });

describe('random walks through the chart', () => {
  it('keep every promise at every step', () => {
    fc.assert(
      fc.property(ahead, fc.array(step, { minLength: 1, maxLength: 80 }), (way, walk) => {
        const { actor, asked, clock } = runningChart();
        const run = (one: Step) => {
          const before = actor.getSnapshot();
          if ('pass' in one) clock.increment(one.pass);
          else if (TOUCHES.includes(one.event as (typeof TOUCHES)[number])) {
            if (accepts(before, one.event as (typeof TOUCHES)[number])) actor.send(one.event);
          } else actor.send(one.event);
          const state = actor.getSnapshot();

          expect(state.status).toBe('active');
          expect(state.context.session.triesSpent).toBeLessThanOrEqual(FACE_TRIES);
          // Nothing leads out of a session but through the wipe or into its own result.
          if (before.matches('session') && state.matches('attract'))
            throw new Error('a session was not wiped');
          // What lies over a step stays there until it is taken away.
          if (state.matches({ session: { steps: { face: 'running' } } }))
            expect(overlayOf(state)).toBe('none');
          const snapshot = snapshotOf({
            state,
            view: VIEW,
            number: 1,
            idleSecondsLeft: 1,
            actions: 3,
            flashes: true,
            notices: { simulated: false, offline: false, stationName: 'Hall 1' },
          });
          if (snapshot.cancelAsked) expect(snapshot.canCancel).toBe(true);
          if (state.matches('saving')) expect(snapshot.canCancel || snapshot.canGoBack).toBe(false);
        };
        for (const event of way) run({ event });
        for (const one of walk) run(one);

        const openings = asked.flatMap((effect, index) => (effect === 'beginSession' ? [index] : []));
        for (const [count, index] of openings.entries()) {
          const end = openings[count + 1] ?? Number.POSITIVE_INFINITY;
          const between = asked.slice(index, end);
          if (end !== Number.POSITIVE_INFINITY) {
            expect(between).toContain('wipe');
            expect(between).toContain('renew');
          }
          expect(between.filter((effect) => effect === 'saveEnrolment').length).toBeLessThanOrEqual(20);
          // Nothing is read, filmed or saved that nobody agreed to for this very visit.
          let agreed = false;
          for (const effect of between) {
            if (effect === 'recordConsent') agreed = true;
            if (effect === 'forgetGathered' || effect === 'wipe') agreed = false;
            if (NEEDS_CONSENT.includes(effect)) expect(agreed, effect).toBe(true);
          }
          // A device that was started in a session is stopped in it.
          const last = (names: readonly Effect[]) => between.findLast((effect) => names.includes(effect));
          if (!actor.getSnapshot().matches('session') || end !== Number.POSITIVE_INFINITY) {
            expect(last(['startReader', 'stopReader'])).not.toBe('startReader');
            expect(last(['startScanner', 'stopScanner'])).not.toBe('startScanner');
          }
        }
        actor.stop();
      }),
      { numRuns: 250 },
    );
  });

  it('left alone, every one of them ends before a terminal that is open or says why not, once its page was renewed', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (walk) => {
        const { actor, clock } = runningChart();
        for (const event of READY) actor.send(event);
        for (const one of walk) {
          if ('pass' in one) clock.increment(one.pass);
          else actor.send(one.event);
        }
        if (actor.getSnapshot().matches('saving')) actor.send({ type: 'saved' });
        if (actor.getSnapshot().matches('staff')) actor.send({ type: 'staff.left' });
        // In small steps: a limit begins when the one before it has ended.
        for (let seconds = 0; seconds < 600; seconds += 2) clock.increment(2_000);
        if (actor.getSnapshot().matches('ending')) {
          expect(actor.getSnapshot().matches({ ending: 'unrenewed' })).toBe(true);
          actor.send({ type: 'renewed' });
          for (let seconds = 0; seconds < 20; seconds += 2) clock.increment(2_000);
        }
        const state = actor.getSnapshot();
        expect(state.matches('attract') || state.matches('closed')).toBe(true);
        actor.stop();
      }),
      { numRuns: 150 },
    );
  });
});

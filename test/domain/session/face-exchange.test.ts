import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { accepts } from '#domain/session/accepts.ts';
import { sessionChart } from '#domain/session/chart.ts';
import type { ChartContext } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import { snapshotOf } from '#domain/session/project.ts';
import type { Screen, ScreenName } from '#domain/session/snapshot.ts';
import { STANDING_WELL, WAYS } from './chart-events.ts';
import { VIEW } from './record-view.ts';

const WAY = WAYS.full.slice(
  0,
  WAYS.full.findIndex(({ type }) => type === 'face.view'),
);
const PROMPT: FaceView = { phase: 'prompt', index: 0, action: 'smile' };
const PORTRAIT: FaceView = { phase: 'portrait', retakesLeft: 1 };

/** A session that has come to the face step, and what its plan would be drawn without at each try. */
function atTheFace() {
  const tries: { readonly attempt: number; readonly without: readonly Action[] }[] = [];
  const asked: string[] = [];
  const actor = createActor(
    sessionChart.provide({
      actions: {
        beginTry: ({ context }: { context: ChartContext }) =>
          tries.push({
            attempt: context.session.triesSpent + 1,
            without: context.session.exchanges,
          }),
        abandonTry: () => asked.push('abandonTry'),
        keepPortrait: () => asked.push('keepPortrait'),
        retakePortrait: () => asked.push('retakePortrait'),
      },
    }),
    { clock: new SimulatedClock() },
  );
  actor.start();
  const tell = (...events: ChartEvent[]) => {
    for (const event of events) actor.send(event);
  };
  tell(STANDING_WELL, { type: 'device.changed', role: 'reader', state: 'ready' });
  tell({ type: 'start' }, { type: 'continue' }, ...WAY);
  const screen = (): Screen =>
    snapshotOf({
      state: actor.getSnapshot(),
      view: VIEW,
      number: 1,
      idleSecondsLeft: 1,
      actions: 3,
      flashes: true,
      notices: { simulated: false, offline: false, stationName: '' },
    }).screen;
  return {
    tries,
    asked,
    tell,
    show: (view: FaceView) => tell({ type: 'face.view', view }),
    touch(event: CitizenEvent) {
      if (!accepts(actor.getSnapshot(), event)) throw new Error(`${event.type} is not accepted`);
      actor.send(event);
    },
    accepts: (event: CitizenEvent) => accepts(actor.getSnapshot(), event),
    screen,
    sees(name: ScreenName) {
      expect(screen().name).toBe(name);
    },
    session: () => actor.getSnapshot().context.session,
  };
}

describe('movements that are difficult for a citizen', () => {
  it.each(ACTIONS)('can be exchanged before the first try: %s', (action) => {
    const face = atTheFace();
    face.touch({ type: 'open-exchange' });
    expect(face.screen()).toEqual({ name: 'exchange', exchanged: [] });
    face.touch({ type: 'exchange-actions', actions: [action] });
    expect(face.screen()).toMatchObject({ name: 'face', attempt: 1, actions: 3 });
    expect(face.tries.at(-1)).toEqual({ attempt: 1, without: [action] });
  });

  it.each(ACTIONS)('can be exchanged after a try that did not pass: %s', (action) => {
    const face = atTheFace();
    face.show(PROMPT);
    face.tell({ type: 'face.failed', reason: 'too-slow' });
    face.touch({ type: 'open-exchange' });
    face.touch({ type: 'exchange-actions', actions: [action] });
    expect(face.screen()).toMatchObject({ name: 'face', attempt: 2 });
    expect(face.tries.at(-1)).toEqual({ attempt: 2, without: [action] });
  });

  it('are left out in whatever order and however often they are named; with nothing left a person goes on', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 12 }), (actions) => {
        const face = atTheFace();
        face.touch({ type: 'open-exchange' });
        face.touch({ type: 'exchange-actions', actions });
        const without = ACTIONS.filter((action) => actions.includes(action));
        if (without.length === ACTIONS.length) {
          face.sees('ticket');
          expect(face.session().ticketReason).toBe('cannot-do-this');
          expect(face.tries).toHaveLength(1);
        } else {
          expect(face.screen()).toMatchObject({ name: 'face', actions: Math.min(3, 6 - without.length) });
          expect(face.tries.at(-1)).toEqual({ attempt: 1, without });
        }
      }),
    );
  });

  it('can be taken back again', () => {
    const face = atTheFace();
    for (const actions of [['nod', 'blink'], []] as const) {
      face.touch({ type: 'open-exchange' });
      face.touch({ type: 'exchange-actions', actions });
    }
    expect(face.tries.map(({ without }) => without)).toEqual([[], ['nod', 'blink'], []]);
  });

  it('stay exchanged after a camera that failed, and over both tries', () => {
    const face = atTheFace();
    face.touch({ type: 'open-exchange' });
    face.touch({ type: 'exchange-actions', actions: ['turn-right'] });
    face.tell({ type: 'camera.failed', problem: 'busy' });
    face.touch({ type: 'try-again' });
    face.tell({ type: 'face.failed', reason: 'too-slow' });
    face.touch({ type: 'try-again' });
    expect(face.tries.slice(1).map(({ without }) => without)).toEqual([
      ['turn-right'],
      ['turn-right'],
      ['turn-right'],
    ]);
  });

  it.each<readonly [string, readonly FaceView[], 0 | 1]>([
    ['nothing yet', [], 0],
    ['hints', [{ phase: 'positioning', hint: 'too-far' }, { phase: 'hold-still' }], 0],
    ['a flash', [{ phase: 'hold-still' }, { phase: 'flash', index: 0, colour: 'violet' }], 0],
    ['a prompt', [PROMPT], 1],
    ['what comes after a prompt', [PROMPT, { phase: 'between', index: 0 }], 1],
    ['the portrait', [PROMPT, PORTRAIT], 1],
  ])('and help and cancelling, chosen after the citizen saw %s', (_, views, spent) => {
    for (const [leave, comeBack] of [
      [{ type: 'open-exchange' }, { type: 'back' }],
      [{ type: 'open-help' }, { type: 'close-help' }],
      [{ type: 'cancel' }, { type: 'keep-going' }],
    ] as const) {
      const face = atTheFace();
      for (const view of views) face.show(view);
      face.touch(leave);
      expect(face.asked).toEqual(['abandonTry']);
      expect(face.session().triesSpent, leave.type).toBe(spent);
      face.touch(comeBack);
      expect(face.screen()).toMatchObject({
        name: 'face',
        attempt: spent + 1,
        view: { phase: 'starting-camera' },
      });
    }
  });

  it('are not asked about when both tries are spent', () => {
    const face = atTheFace();
    for (let tries = 0; tries < 2; tries += 1) {
      face.show(PROMPT);
      face.touch({ type: 'open-exchange' });
      if (tries === 0) face.touch({ type: 'exchange-actions', actions: ['smile'] });
    }
    expect(face.screen()).toMatchObject({ name: 'face-failed', triesLeft: 0 });
    expect(face.accepts({ type: 'open-exchange' })).toBe(false);
    expect(face.accepts({ type: 'exchange-actions', actions: [] })).toBe(false);
  });

  it('leave the screen where it was when the citizen goes back', () => {
    const face = atTheFace();
    face.touch({ type: 'open-exchange' });
    face.touch({ type: 'back' });
    face.sees('face');
    face.tell({ type: 'face.failed', reason: 'blurred' });
    face.touch({ type: 'open-exchange' });
    face.touch({ type: 'back' });
    expect(face.screen()).toMatchObject({ name: 'face-failed', reason: 'blurred', triesLeft: 1 });
  });

  it('are chosen under help and under the question whether to stop without losing the place', () => {
    const face = atTheFace();
    face.touch({ type: 'open-exchange' });
    face.touch({ type: 'open-help' });
    expect(face.accepts({ type: 'exchange-actions', actions: ['nod'] })).toBe(false);
    face.touch({ type: 'close-help' });
    face.touch({ type: 'cancel' });
    face.touch({ type: 'keep-going' });
    face.sees('exchange');
    face.touch({ type: 'cancel' });
    face.touch({ type: 'confirm-cancel' });
    expect(face.screen().name).toBe('take-card');
  });
});

describe('the portrait', () => {
  it('is kept or taken again by the citizen’s word, as often as the station shows one', () => {
    const face = atTheFace();
    face.show(PROMPT);
    face.show(PORTRAIT);
    expect(face.screen()).toMatchObject({
      view: { phase: 'portrait', retakesLeft: 1, jpegBase64: VIEW.chosenPortrait() },
    });
    face.touch({ type: 'retake-portrait' });
    face.show({ phase: 'portrait', retakesLeft: 0 });
    face.touch({ type: 'keep-portrait' });
    expect(face.asked).toEqual(['retakePortrait', 'keepPortrait']);
    face.tell({ type: 'face.passed' });
    face.sees('review');
  });

  it('is not asked about while none is shown', () => {
    const face = atTheFace();
    for (const view of [{ phase: 'hold-still' }, PROMPT, { phase: 'checking' }] as const) {
      face.show(view);
      expect(face.accepts({ type: 'keep-portrait' })).toBe(false);
      expect(face.accepts({ type: 'retake-portrait' })).toBe(false);
    }
  });
});

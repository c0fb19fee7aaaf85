import { adjacencyMapToArray, getAdjacencyMap } from '@xstate/graph';
import { describe, expect, it } from 'vitest';
import { type AnyStateNode, type AnyTransitionDefinition, getNextSnapshot } from 'xstate';
import type { ChartState } from '#domain/session/accepts.ts';
import { accepts, overlayOf } from '#domain/session/accepts.ts';
import { sessionChart } from '#domain/session/chart.ts';
import { FRESH_SESSION } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import { snapshotOf } from '#domain/session/project.ts';
import { VISITS } from '#domain/session/snapshot.ts';
import { unavailableVisits } from '#domain/session/visits.ts';
import { possibleEvents, TOUCHES, timeLimits, WAYS } from './chart-events.ts';
import { VIEW } from './record-view.ts';

/** Facts of which the chart's further course does not depend on are left out, so that the graph stays small. */
function keyOf(state: ChartState): string {
  const { station, session } = state.context;
  return JSON.stringify([
    state.value,
    closedKind(state),
    station.reader === 'ready',
    station.card,
    station.cardLeft,
    state.matches('saving') ? station.online : null,
    isAt(state, 'visit') ? unavailableVisits(station) : null,
    isAt(state, 'consent', 'phone', 'phoneConfirm', 'password', 'number', 'name', 'card')
      ? [session.visit, session.holderKnown]
      : null,
    isAt(state, 'password', 'number', 'name', 'card') ? session.phonePaired : null,
    isAt(state, 'face', 'faceFailed', 'exchange', 'cameraProblem')
      ? [session.triesSpent, session.promptSeen, isPortrait(state), session.exchanges.length > 0]
      : null,
    state.matches('ending') ? session.renewed : null,
    state.matches({ result: { shown: 'outcome' } }) ? session.outcome.kind : null,
  ]);
}

function isPortrait(state: ChartState): boolean {
  return state.context.session.faceView.phase === 'portrait';
}

function isAt(state: ChartState, ...steps: readonly Step[]): boolean {
  return steps.some((step) => state.matches({ session: { steps: step } }));
}
type Step = Extract<ChartState['value'], { session: unknown }>['session']['steps'] extends infer S
  ? S extends string
    ? S
    : keyof S & string
  : never;

function closedKind(state: ChartState): unknown {
  const { station } = state.context;
  return (['closed', 'attract', 'staff', 'ending'] as const).some((value) => state.matches(value))
    ? [station.wipeFailed, station.known, station.provisioned, station.frozen, station.scanner === 'ready']
    : null;
}

const traversal = { events: possibleEvents, serializeState: keyOf, limit: 600_000 } as const;
const map = getAdjacencyMap(sessionChart, traversal);
const states = Object.values(map).map((entry) => entry.state as ChartState);
const steps = adjacencyMapToArray(map).map((step) => ({
  from: step.state as ChartState,
  event: step.event as ChartEvent,
  to: step.nextState as ChartState,
}));

function everyNode(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => everyNode(child as AnyStateNode))];
}
const nodes = everyNode(sessionChart.root as AnyStateNode);
const nameOf = (transition: AnyTransitionDefinition) =>
  `${transition.source.id} --${transition.eventType}--> ${transition.target?.map((node) => node.id).join() ?? '(stays)'}`;

/** States from which one of `goals` can be reached over `allowed` steps. */
function canReach(
  goals: (state: ChartState) => boolean,
  allowed: (event: ChartEvent) => boolean,
): Set<string> {
  const reached = new Set(states.filter(goals).map(keyOf));
  const backwards = new Map<string, Set<string>>();
  for (const step of steps) {
    if (!allowed(step.event)) continue;
    const to = keyOf(step.to);
    const from = backwards.get(to) ?? new Set<string>();
    from.add(keyOf(step.from));
    backwards.set(to, from);
  }
  const pending = [...reached];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    for (const from of backwards.get(key) ?? []) {
      if (!reached.has(from)) {
        reached.add(from);
        pending.push(from);
      }
    }
  }
  return reached;
}

const isTouch = (event: ChartEvent) => TOUCHES.some((touch) => touch.type === event.type);
const isTimeLimit = (event: ChartEvent) => event.type.startsWith('xstate.after.');
const show = (state: ChartState) => JSON.stringify(state.value);
const stepIndex = new Map(
  steps.map((step) => [`${keyOf(step.from)} ${JSON.stringify(step.event)}`, step.to]),
);
const next = (state: ChartState, event: ChartEvent): ChartState => {
  const to = stepIndex.get(`${keyOf(state)} ${JSON.stringify(event)}`);
  if (!to) throw new Error(`no step from ${show(state)} by ${event.type}`);
  return to;
};
const find = (wanted: (state: ChartState) => boolean): ChartState => {
  const state = states.find(wanted);
  if (!state) throw new Error('there is no such state');
  return state;
};
const snapshot = (state: ChartState) =>
  snapshotOf({
    state,
    view: VIEW,
    number: 1,
    idleSecondsLeft: 30,
    actions: 3,
    flashes: true,
    notices: { simulated: true, offline: false, stationName: 'Hall 1' },
  });

describe('the graph of all sessions', () => {
  it('leads to every state of the chart', () => {
    const visited = new Set(states.flatMap((state) => state._nodes.map((node) => node.id)));
    // Passing states are left in the same step that enters them.
    const passing = nodes.filter(
      (node) => node.always?.length && node.id.match(/choosing|leaving|looking|weighing/),
    );
    expect(passing).toHaveLength(4);
    expect(nodes.filter((node) => !visited.has(node.id)).map((node) => node.id)).toEqual(
      passing.map((node) => node.id),
    );
  });

  it('takes every transition that the chart defines', () => {
    const taken = new Set(
      steps.flatMap((step) => sessionChart.getTransitionData(step.from, step.event).map(nameOf)),
    );
    const defined = nodes.flatMap((node) =>
      [...node.transitions.values()]
        .flat()
        .map((transition) => nameOf(transition as AnyTransitionDefinition)),
    );
    expect(defined.length).toBeGreaterThan(80);
    expect(defined.filter((name) => !taken.has(name))).toEqual([]);
  });

  it('draws every screen, and nothing but a screen, for every state', () => {
    const drawn = new Set(states.map((state) => snapshot(state).screen.name));
    expect([...drawn].sort()).toEqual(
      [
        'attract',
        'camera-problem',
        'card',
        'checked',
        'closed',
        'collect',
        'consent',
        'deciding',
        'exchange',
        'face',
        'face-failed',
        'goodbye',
        'issued',
        'language',
        'name',
        'number',
        'password',
        'phone',
        'phone-confirm',
        'rejected',
        'review',
        'revoked',
        'save-failed',
        'saving',
        'scan-eid',
        'scan-slip',
        'slip',
        'staff',
        'status',
        'take-card',
        'ticket',
        'visit',
        'waiting',
      ].sort(),
    );
  });
});

describe('in every state of every session', () => {
  it('there is a way on to the next citizen without anybody from outside, unless a wipe failed', () => {
    const reach = canReach(
      (state) => state.matches('attract'),
      (event) => event.type !== 'reset',
    );
    const stuck = states.filter((state) => !reach.has(keyOf(state)));
    expect(stuck.filter((state) => !state.context.station.wipeFailed).map(show)).toEqual([]);
    expect(stuck.length).toBeGreaterThan(0);
  });

  it('touches and time alone lead to the wipe, but for saving, which ends by itself, and for staff at work', () => {
    const reach = canReach(
      (state) => state.matches('ending'),
      (event) => isTouch(event) || isTimeLimit(event),
    );
    const stuck = states.filter((state) => !reach.has(keyOf(state)) && !state.matches('closed'));
    expect(new Set(stuck.map(show))).toEqual(new Set(['"saving"', '"staff"']));
  });

  it('nobody touching anything ends in the wipe', () => {
    const reach = canReach((state) => state.matches('ending'), isTimeLimit);
    const stuck = states.filter(
      (state) => (state.matches('session') || state.matches('result')) && !reach.has(keyOf(state)),
    );
    expect(stuck.map(show)).toEqual([]);
  });

  it('exactly one idle limit runs in a session or result, and none while saving or deciding', () => {
    for (const state of states) {
      const limits = timeLimits(state).filter(({ type }) => /idle(Warning|Reset)/.test(type));
      expect(limits.length, show(state)).toBe(state.matches('session') || state.matches('result') ? 1 : 0);
    }
  });

  it('cancel is reachable wherever the screen offers it, and leads to the wipe', () => {
    for (const state of states) {
      if (!snapshot(state).canCancel) {
        expect(accepts(state, { type: 'cancel' }), show(state)).toBe(false);
        continue;
      }
      const asked = overlayOf(state) === 'cancelAsked' ? state : next(state, { type: 'cancel' });
      expect(overlayOf(asked), show(state)).toBe('cancelAsked');
      expect(next(asked, { type: 'confirm-cancel' }).matches('ending'), show(state)).toBe(true);
    }
  });

  it('back is offered exactly where it is accepted', () => {
    for (const state of states) {
      expect(accepts(state, { type: 'back' }), show(state)).toBe(snapshot(state).canGoBack);
    }
  });

  it('the language can be changed', () => {
    for (const state of states) {
      const changed = next(state, { type: 'choose-language', language: 'en' });
      expect(changed.context.session.language, show(state)).toBe('en');
    }
  });

  it('a reset leads to the wipe, but for saving, which is over in one call', () => {
    for (const state of states) {
      if (state.matches('closed') || state.matches('saving') || state.matches('ending')) continue;
      expect(next(state, { type: 'reset' }).matches('ending'), show(state)).toBe(true);
    }
  });

  it('a desk ticket is offered on help', () => {
    for (const state of states.filter((each) => each.matches({ session: { overlay: 'help' } }))) {
      expect(next(state, { type: 'ask-staff' }).matches({ result: { shown: 'ticket' } }), show(state)).toBe(
        true,
      );
    }
  });

  it('what lies over a step covers its buttons', () => {
    for (const state of states.filter((each) => overlayOf(each) !== 'none')) {
      for (const type of [
        'continue',
        'agree',
        'submit',
        'confirm-phone',
        'back',
        'try-again',
        'open-exchange',
        'keep-portrait',
      ] as const) {
        expect(accepts(state, { type }), `${type} in ${show(state)}`).toBe(false);
      }
    }
  });

  it('the chart knows classes and codes only', () => {
    const codes = /^([a-z]+(-[a-z]+)*|zh-CN)$/;
    const strings = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(strings)
          : [];
    const seen = new Set(states.flatMap((state) => strings(state.context)));
    expect([...seen].filter((text) => !codes.test(text))).toEqual([]);
  });
});

describe('between two sessions', () => {
  const area = (state: ChartState) =>
    typeof state.value === 'string' ? state.value : Object.keys(state.value)[0];

  it('there is always the wipe: a session opens from attract only, and attract follows the wipe only', () => {
    const ways = new Set(
      steps
        .filter((step) => area(step.from) !== area(step.to))
        .map((step) => `${area(step.from)} > ${area(step.to)}`),
    );
    expect([...ways].sort()).toEqual(
      [
        'attract > closed',
        'attract > ending',
        'attract > session',
        'attract > staff',
        'closed > attract',
        'closed > staff',
        'deciding > ending',
        'deciding > result',
        'ending > attract',
        'ending > closed',
        'ending > staff',
        'result > ending',
        'saving > deciding',
        'saving > result',
        'saving > session',
        'session > ending',
        'session > result',
        'session > saving',
        'staff > ending',
      ].sort(),
    );
    expect(sessionChart.getStateNodeById('ending').entry).toContain('wipe');
  });

  it('nothing of a session is remembered', () => {
    for (const state of states.filter((each) => each.matches('attract') || each.matches('closed'))) {
      expect({ ...state.context.session, language: 'zh-CN' }).toEqual(FRESH_SESSION);
    }
  });
});

describe('while saving', () => {
  it('nothing can be cancelled, asked, reset or timed out', () => {
    for (const state of states.filter((each) => each.matches('saving'))) {
      expect(timeLimits(state)).toEqual([]);
      const touches = TOUCHES.filter((touch) => accepts(state, touch)).map((touch) => touch.type);
      expect(new Set(touches)).toEqual(new Set(['choose-language']));
      expect(next(state, { type: 'reset' }).matches('saving')).toBe(true);
    }
  });
});

describe('the way of each visit', () => {
  const atVisit = find((state) => state.matches({ session: { steps: 'visit', overlay: 'none' } }));

  it.each(VISITS)('%s counts its steps upwards, without a gap, to the last', (visit) => {
    let state = atVisit;
    const seen = [snapshot(state)];
    for (const event of WAYS[visit]) {
      // Not by the graph, in which all visits share one face step.
      state = getNextSnapshot(sessionChart, state, event);
      seen.push(snapshot(state));
    }
    const counted = seen.map(({ progress }) => progress?.step ?? 0);
    expect([...new Set(counted)]).toEqual(
      Array.from({ length: seen.at(-1)?.progress?.of ?? 0 }, (_, index) => index + 1),
    );
  });

  it('without a phone goes on all the same', () => {
    for (const visit of ['full', 'basic', 'upgrade'] as const) {
      const phone = next(next(atVisit, { type: 'choose-visit', visit }), { type: 'agree' });
      const password = next(phone, { type: 'no-phone' });
      expect(snapshot(password).screen.name).toBe('password');
      expect(snapshot(next(password, { type: 'back' })).screen.name).toBe('phone');
    }
  });

  it('is closed where the device that it needs is missing', () => {
    for (const state of states.filter((each) => isAt(each, 'visit') && overlayOf(each) === 'none')) {
      const unavailable = unavailableVisits(state.context.station);
      for (const visit of VISITS) {
        expect(accepts(state, { type: 'choose-visit', visit }), `${visit} in ${show(state)}`).toBe(
          !unavailable.includes(visit),
        );
      }
    }
  });
});

describe('the console', () => {
  it('is called at a terminal that shows its first screen or that it is closed, and nowhere else', () => {
    for (const state of states) {
      const { name } = snapshot(state).screen;
      const calls = accepts(state, { type: 'call-console' });
      // While the page is being renewed there is none to call from.
      if (state.matches({ ending: 'renewing' })) expect(calls).toBe(false);
      else expect(calls, show(state)).toBe(name === 'attract' || name === 'closed');
    }
  });

  it('is left through the wipe', () => {
    for (const state of states.filter((each) => each.matches('staff'))) {
      expect(next(state, { type: 'staff.left' }).matches('ending')).toBe(true);
    }
  });
});

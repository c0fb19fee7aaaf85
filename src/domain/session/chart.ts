import { FRESH_SESSION, UNKNOWN_STATION } from './chart-context.ts';
import { chartSetup } from './chart-setup.ts';
import { attention, overlay, resultOverlay } from './covering-states.ts';
import { stationFacts } from './station-facts.ts';
import { steps } from './step-states.ts';

/** The next citizen may come as soon as the renderer is a fresh one and the devices are there. */
const whenRenewed = chartSetup.createStateConfig({
  always: [
    { guard: 'renewedOpen', target: '#attract' },
    { guard: 'renewedShut', target: '#closed' },
  ],
  on: { renewed: { actions: { type: 'noteSession', params: { renewed: true } } } },
});

/**
 * One citizen's visit, from the closed terminal to the closed terminal. Between two sessions there is always `ending`,
 * whose entry wipes; nothing leads from one session into the next past it.
 *
 * `session` and `result` are parallel: the step itself, what lies over it (help, the question whether to stop), whether
 * somebody is still there, and what is true of the station meanwhile. Saving and deciding stand outside them, so that they can neither be cancelled nor
 * run out of idle time.
 */
export const sessionChart = chartSetup.createMachine({
  id: 'terminal',
  context: ({ input }) => {
    const station = { ...UNKNOWN_STATION, ...input };
    return { station, session: { ...FRESH_SESSION, language: station.openingLanguage } };
  },
  initial: 'closed',
  on: stationFacts.on,
  states: {
    closed: {
      id: 'closed',
      always: [
        {
          guard: 'unfinished',
          target: 'ending',
          actions: { type: 'noteStation', params: { unfinished: false } },
        },
        { guard: 'open', target: 'attract' },
      ],
      on: { 'call-console': 'staff' },
    },
    attract: {
      id: 'attract',
      always: { guard: 'shut', target: 'closed' },
      on: {
        start: { target: 'session', actions: ['openSession', 'beginSession'] },
        'call-console': 'staff',
        reset: '#ending',
      },
    },
    /**
     * Staff are at work on a terminal that serves nobody: open or shut, for whatever reason it is shut, because mending
     * that reason may be what they came for. What they leave on the screen goes the way that a citizen's goes.
     */
    staff: {
      id: 'staff',
      entry: 'openConsole',
      on: { 'staff.left': 'ending', reset: 'ending' },
    },
    session: {
      type: 'parallel',
      states: { steps, overlay, attention, facts: stationFacts },
      on: { reset: '#ending' },
    },
    saving: {
      id: 'saving',
      entry: [{ type: 'enterStep', params: { step: 'saving' } }, 'saveEnrolment'],
      on: {
        saved: [
          { guard: 'online', target: 'deciding' },
          {
            target: '#outcome',
            actions: { type: 'noteSession', params: { outcome: { kind: 'offline' } } },
          },
        ],
        'save.failed': {
          target: '#saveFailed',
          actions: { type: 'noteSession', params: ({ event }) => ({ saveFault: event.reason }) },
        },
      },
    },
    deciding: {
      entry: [{ type: 'enterStep', params: { step: 'deciding' } }, 'awaitDecision'],
      after: {
        decisionBackstop: {
          target: '#outcome',
          actions: { type: 'noteSession', params: { outcome: { kind: 'not-yet' } } },
        },
      },
      on: {
        decided: {
          target: '#outcome',
          actions: { type: 'noteSession', params: ({ event }) => ({ outcome: event.outcome }) },
        },
        reset: '#ending',
      },
    },
    result: {
      type: 'parallel',
      on: { reset: '#ending' },
      states: {
        shown: {
          initial: 'outcome',
          states: {
            outcome: {
              id: 'outcome',
              on: { continue: 'slip' },
            },
            slip: {
              entry: [{ type: 'enterStep', params: { step: 'slip' } }, 'printSlip'],
              on: {
                'slip.printed': {
                  actions: { type: 'noteSession', params: { slipPrint: { state: 'printed' } } },
                },
                'slip.not-printed': {
                  actions: {
                    type: 'noteSession',
                    params: ({ event }) => ({ slipPrint: { state: 'not-printed', reason: event.reason } }),
                  },
                },
                finish: '#ending',
              },
            },
            /** What was gathered is of no more use: it goes before the ticket is shown. */
            ticket: {
              id: 'ticket',
              entry: ['issueTicket', 'wipe'],
              on: { finish: '#ending' },
            },
          },
        },
        overlay: resultOverlay,
        attention,
        facts: stationFacts,
      },
    },
    ending: {
      id: 'ending',
      entry: 'wipe',
      exit: 'forgetSession',
      initial: 'leaving',
      states: {
        leaving: {
          always: [
            { guard: 'cardLying', target: 'takeCard' },
            // Nobody can be asked for a card that the reader may only think of: it must be seen to be gone.
            { guard: 'cardOutOfSight', target: 'renewing', actions: 'noteCardLeft' },
            { target: 'goodbye' },
          ],
        },
        takeCard: {
          after: { takeCard: { target: 'renewing', actions: 'noteCardLeft' } },
          on: {
            'card.removed': {
              target: 'goodbye',
              actions: { type: 'noteStation', params: { card: 'away', cardLeft: false } },
            },
            // An unplugged reader can no longer say that the card is gone.
            'device.changed': {
              guard: ({ event }) => event.role === 'reader' && event.state !== 'ready',
              target: 'renewing',
              actions: [
                'noteCardLeft',
                { type: 'noteDevice', params: ({ event }) => ({ role: event.role, state: event.state }) },
              ],
            },
          },
        },
        goodbye: { after: { goodbye: 'renewing' } },
        renewing: {
          entry: 'renew',
          ...whenRenewed,
          after: { renewLimit: [{ guard: 'renewed', target: '#closed' }, { target: 'unrenewed' }] },
          on: { ...whenRenewed.on, 'renewal.failed': 'unrenewed' },
        },
        /** Shut and trying again: nobody is let in before a renderer that may still hold the citizen before. */
        unrenewed: {
          ...whenRenewed,
          on: { ...whenRenewed.on, 'call-console': '#staff' },
          initial: 'resting',
          states: {
            resting: {
              after: { renewAgain: [{ guard: 'renewed', target: '#closed' }, { target: 'asking' }] },
            },
            asking: {
              entry: 'renew',
              after: { renewLimit: [{ guard: 'renewed', target: '#closed' }, { target: 'resting' }] },
              on: { 'renewal.failed': 'resting' },
            },
          },
        },
      },
    },
  },
});

import { chartSetup } from './chart-setup.ts';

const card = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'card' } },
    { type: 'noteSession', params: { cardProblem: null } },
    'startReader',
  ],
  exit: 'stopReader',
  initial: 'looking',
  states: {
    looking: {
      always: [{ guard: 'cardLying', target: 'reading' }, { target: 'waiting' }],
    },
    waiting: {
      on: {
        'card.laid': {
          target: 'reading',
          actions: { type: 'noteSession', params: { cardProblem: null } },
        },
        // A reader that has read a card stops looking; asked while that card still lies there, it would only
        // tell that the card has to be lifted, over the words that say what was wrong with it.
        'card.removed': { actions: 'startReader' },
      },
    },
    reading: {
      after: {
        readingLimit: {
          target: 'waiting',
          actions: { type: 'noteSession', params: { cardProblem: 'unreadable' } },
        },
      },
      on: {
        'card.removed': {
          target: 'waiting',
          actions: [{ type: 'noteSession', params: { cardProblem: 'put-back' } }, 'startReader'],
        },
      },
    },
  },
  on: {
    'card.refused': {
      target: '.waiting',
      actions: { type: 'noteSession', params: ({ event }) => ({ cardProblem: event.problem }) },
    },
    // Whoever is under 18 goes to the desk with a guardian, whatever else may be wrong with the card.
    'card.accepted': [
      {
        guard: ({ event }) => event.age !== 'adult',
        target: '#ticket',
        actions: { type: 'noteSession', params: { ticketReason: 'guardian' } },
      },
      {
        guard: ({ event }) => event.validity === 'expired',
        target: '.waiting',
        actions: { type: 'noteSession', params: { cardProblem: 'expired' } },
      },
      {
        guard: ({ event }) => event.validity === 'not-yet-valid',
        target: '.waiting',
        actions: { type: 'noteSession', params: { cardProblem: 'refused' } },
      },
      {
        guard: ({ event }) => event.passwordGuessable,
        target: 'password',
        actions: {
          type: 'noteSession',
          params: { holderKnown: true, passwordProblem: 'too-simple' },
        },
      },
      {
        target: 'face',
        actions: { type: 'noteSession', params: { holderKnown: true, cardProblem: null } },
      },
    ],
    // The citizen keeps the place: a reader that comes back is asked again, one that went reads nothing.
    'device.changed': [
      {
        guard: ({ event }) => event.role === 'reader' && event.state === 'ready',
        target: '.waiting',
        actions: [{ type: 'noteSession', params: { cardProblem: null } }, 'startReader'],
      },
      { guard: ({ event }) => event.role === 'reader', target: '.waiting' },
    ],
    'ask-staff': {
      target: '#ticket',
      actions: { type: 'noteSession', params: { ticketReason: 'card-problem' } },
    },
    back: 'password',
  },
});

export const cardStates = { card };

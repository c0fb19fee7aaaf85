import { chartSetup } from './chart-setup.ts';

/** A citizen number typed by somebody without a card at hand. Whoever comes back here types it anew. */
const number = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'number' } },
    { type: 'noteSession', params: { numberProblem: null, holderKnown: false } },
  ],
  on: {
    'number.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ numberProblem: event.problem }) },
    },
    // Whoever is under 18 goes to the desk with a guardian before anything more is asked.
    'number.accepted': [
      {
        guard: ({ event }) => event.age !== 'adult',
        target: '#ticket',
        actions: { type: 'noteSession', params: { ticketReason: 'guardian' } },
      },
      {
        guard: ({ event }) => event.passwordGuessable,
        target: 'password',
        actions: { type: 'noteSession', params: { holderKnown: true, passwordProblem: 'too-simple' } },
      },
      {
        // A lost e-ID is found by its number alone.
        guard: { type: 'comesFor', params: 'basic' },
        target: 'name',
        actions: { type: 'noteSession', params: { holderKnown: true, numberProblem: null } },
      },
      {
        target: 'password',
        actions: { type: 'noteSession', params: { holderKnown: true, numberProblem: null } },
      },
    ],
    back: [{ guard: { type: 'comesFor', params: 'report-lost' }, target: 'consent' }, { target: 'password' }],
  },
});

const name = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'name' } },
    { type: 'noteSession', params: { nameProblem: null } },
  ],
  on: {
    'name.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ nameProblem: event.problem }) },
    },
    'name.accepted': 'face',
    back: 'number',
  },
});

export const holderStates = { number, name };

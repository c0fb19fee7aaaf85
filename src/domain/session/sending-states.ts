import { chartSetup } from './chart-setup.ts';

const review = chartSetup.createStateConfig({
  id: 'review',
  entry: { type: 'enterStep', params: { step: 'review' } },
  on: { submit: '#saving' },
});

const saveFailed = chartSetup.createStateConfig({
  id: 'saveFailed',
  entry: { type: 'enterStep', params: { step: 'save-failed' } },
  on: {
    'try-again': '#saving',
    'ask-staff': {
      target: '#ticket',
      actions: { type: 'noteSession', params: { ticketReason: 'cannot-do-this' } },
    },
    finish: '#ending',
  },
});

export const sendingStates = { review, saveFailed };

import { chartSetup } from './chart-setup.ts';

const language = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'language' } },
  on: {
    'choose-language': {
      target: 'visit',
      actions: { type: 'noteSession', params: ({ event }) => ({ language: event.language }) },
    },
    continue: 'visit',
    back: '#ending',
  },
});

const visit = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'visit' } },
  on: {
    'choose-visit': [
      {
        guard: { type: 'chosen', params: ({ event }) => ({ visit: event.visit, oneOf: ['status'] }) },
        target: 'scanSlip',
        actions: ['forgetGathered', { type: 'beginVisit', params: ({ event }) => ({ visit: event.visit }) }],
      },
      {
        guard: { type: 'chosen', params: ({ event }) => ({ visit: event.visit, oneOf: ['check'] }) },
        target: 'scanEid',
        actions: ['forgetGathered', { type: 'beginVisit', params: ({ event }) => ({ visit: event.visit }) }],
      },
      {
        guard: {
          type: 'chosen',
          params: ({ event }) => ({
            visit: event.visit,
            oneOf: ['full', 'basic', 'upgrade', 'report-lost'],
          }),
        },
        target: 'consent',
        actions: ['forgetGathered', { type: 'beginVisit', params: ({ event }) => ({ visit: event.visit }) }],
      },
    ],
    back: 'language',
  },
});

/** Only a visit that sends something takes anything that needs consent. */
const consent = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'consent' } },
  on: {
    agree: [
      { guard: 'reportsLoss', target: 'number', actions: 'recordConsent' },
      { target: 'phone', actions: 'recordConsent' },
    ],
    decline: '#ending',
    back: 'visit',
  },
});

export const openingStates = { language, visit, consent };

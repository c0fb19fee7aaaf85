import type { ChartEvent } from './chart-event.ts';
import { chartSetup } from './chart-setup.ts';
import type { Visit } from './snapshot.ts';

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

type Choice = Extract<ChartEvent, { type: 'choose-visit' }>;

/** Where a choice leads. What an earlier choice gathered is of no use to this one, and is forgotten. */
function leadTo<const Target extends string>(target: Target, visits: readonly Visit[]) {
  return {
    guard: {
      type: 'offered',
      params: ({ event }: { event: Choice }) => ({ visit: event.visit, among: visits }),
    },
    target,
    actions: [
      'forgetGathered',
      { type: 'beginVisit', params: ({ event }: { event: Choice }) => ({ visit: event.visit }) },
    ],
  } as const;
}

const visit = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'visit' } },
  on: {
    'choose-visit': [
      leadTo('scanSlip', ['status']),
      leadTo('scanEid', ['check']),
      leadTo('consent', ['full', 'basic', 'upgrade', 'report-lost']),
    ],
    back: 'language',
  },
});

/** Only a visit that sends something takes anything that needs consent. */
const consent = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'consent' } },
  on: {
    // A lost e-ID has most likely gone with the phone: it is reported without one.
    agree: [
      { guard: { type: 'comesFor', params: 'report-lost' }, target: 'number', actions: 'recordConsent' },
      { target: 'phone', actions: 'recordConsent' },
    ],
    decline: '#ending',
    back: 'visit',
  },
});

export const openingStates = { language, visit, consent };

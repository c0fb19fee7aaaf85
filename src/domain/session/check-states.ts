import { chartSetup } from './chart-setup.ts';

/** Whether an e-ID that somebody shows is valid. */
const scanEid = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'scan-eid' } },
    { type: 'noteSession', params: { eidProblem: null } },
    'startScanner',
  ],
  exit: 'stopScanner',
  on: {
    'eid.checked': {
      target: 'checked',
      actions: { type: 'noteSession', params: ({ event }) => ({ challenged: event.challenged }) },
    },
    'eid.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ eidProblem: event.problem }) },
    },
    // A scanner that was unplugged forgets that it was asked to scan.
    'device.changed': [
      {
        guard: ({ context, event }) =>
          event.role === 'scanner' && event.state === 'ready' && context.station.scanner !== 'ready',
        actions: [{ type: 'noteSession', params: { eidProblem: null } }, 'startScanner'],
      },
      // One that only says so again takes away nothing that the citizen is reading.
      { guard: ({ event }) => event.role === 'scanner' && event.state === 'ready', actions: 'startScanner' },
    ],
    back: 'visit',
  },
});

/** The verdict stands; where a phone can answer the challenge, the scanner waits for its answer. */
const checked = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'checked' } },
  exit: 'forgetCheck',
  initial: 'weighing',
  states: {
    weighing: { always: [{ guard: 'challenged', target: 'listening' }, { target: 'settled' }] },
    listening: {
      entry: 'startScanner',
      exit: 'stopScanner',
      on: {
        'eid.checked': { guard: ({ event }) => !event.challenged, target: 'settled' },
        'device.changed': {
          guard: ({ event }) => event.role === 'scanner' && event.state === 'ready',
          actions: 'startScanner',
        },
      },
    },
    settled: {},
  },
  on: { continue: 'scanEid', back: 'scanEid', finish: '#ending' },
});

export const checkStates = { scanEid, checked };

import { chartSetup } from './chart-setup.ts';

/** What became of a packet: its slip tells which one, and nothing of the person. */
const scanSlip = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'scan-slip' } },
    { type: 'noteSession', params: { slipProblem: null } },
    'startScanner',
  ],
  exit: 'stopScanner',
  on: {
    'slip.found': 'status',
    'slip.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ slipProblem: event.problem }) },
    },
    // A scanner that was unplugged forgets that it was asked to scan.
    'device.changed': [
      {
        guard: ({ context, event }) =>
          event.role === 'scanner' && event.state === 'ready' && context.station.scanner !== 'ready',
        actions: [{ type: 'noteSession', params: { slipProblem: null } }, 'startScanner'],
      },
      // One that only says so again takes away nothing that the citizen is reading.
      { guard: ({ event }) => event.role === 'scanner' && event.state === 'ready', actions: 'startScanner' },
    ],
    back: 'visit',
  },
});

const status = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'status' } },
  exit: 'forgetCheck',
  on: { continue: 'scanSlip', back: 'scanSlip', finish: '#ending' },
});

export const statusStates = { scanSlip, status };

import { chartSetup } from './chart-setup.ts';

const phone = chartSetup.createStateConfig({
  entry: [
    { type: 'enterStep', params: { step: 'phone' } },
    { type: 'noteSession', params: { phoneProblem: null, phonePaired: false } },
    'startScanner',
  ],
  exit: 'stopScanner',
  on: {
    'phone.accepted': 'phoneConfirm',
    'phone.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ phoneProblem: event.problem }) },
    },
    // A scanner that was unplugged forgets that it was asked to scan.
    'device.changed': [
      {
        guard: ({ context, event }) =>
          event.role === 'scanner' && event.state === 'ready' && context.station.scanner !== 'ready',
        actions: [{ type: 'noteSession', params: { phoneProblem: null } }, 'startScanner'],
      },
      // One that only says so again takes away nothing that the citizen is reading.
      { guard: ({ event }) => event.role === 'scanner' && event.state === 'ready', actions: 'startScanner' },
    ],
    'no-phone': { target: 'password', actions: 'forgetPhone' },
    'ask-staff': {
      target: '#ticket',
      actions: { type: 'noteSession', params: { ticketReason: 'no-phone' } },
    },
    back: 'consent',
  },
});

const phoneConfirm = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'phone-confirm' } },
  on: {
    'confirm-phone': {
      target: 'password',
      actions: ['keepPhone', { type: 'noteSession', params: { phonePaired: true } }],
    },
    'other-phone': { target: 'phone', actions: 'forgetPhone' },
    back: { target: 'phone', actions: 'forgetPhone' },
  },
});

export const phoneStates = { phone, phoneConfirm };

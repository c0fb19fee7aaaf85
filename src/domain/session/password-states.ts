import { chartSetup } from './chart-setup.ts';

const solved = { type: 'noteSession', params: { passwordProblem: null } } as const;

/**
 * A new password is chosen before card or number are there to compare it with. When they show that it can be guessed
 * from them, the citizen comes back here, and from here goes on behind what is known already.
 */
const password = chartSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'password' } },
  on: {
    'password.refused': {
      actions: { type: 'noteSession', params: ({ event }) => ({ passwordProblem: event.problem }) },
    },
    'password.accepted': [
      { guard: 'needsCard', target: 'card', actions: solved },
      { guard: 'needsNumber', target: 'number', actions: solved },
      { guard: { type: 'comesFor', params: 'basic' }, target: 'name', actions: solved },
      { target: 'face', actions: solved },
    ],
    back: [
      { guard: { type: 'comesFor', params: 'report-lost' }, target: 'number', actions: solved },
      { guard: 'phonePaired', target: 'phoneConfirm', actions: solved },
      { target: 'phone', actions: solved },
    ],
  },
});

export const passwordStates = { password };

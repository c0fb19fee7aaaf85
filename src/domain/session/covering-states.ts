import { chartSetup } from './chart-setup.ts';
import type { FaceView } from './face-phase.ts';

/** What can lie over a step: help, or the question whether to stop. Opening either changes no step but the face's. */
export const overlay = chartSetup.createStateConfig({
  initial: 'none',
  states: {
    none: {
      on: { 'open-help': 'help', cancel: 'cancelAsked' },
    },
    help: {
      on: {
        'close-help': 'none',
        cancel: 'cancelAsked',
        'ask-staff': {
          target: '#ticket',
          actions: { type: 'noteSession', params: { ticketReason: 'cannot-do-this' } },
        },
      },
    },
    cancelAsked: {
      on: { 'keep-going': 'none', 'confirm-cancel': '#ending' },
    },
  },
});

/** After saving there is nothing to cancel and nothing for a desk to take over: help only explains. */
export const resultOverlay = chartSetup.createStateConfig({
  initial: 'none',
  states: {
    none: { on: { 'open-help': 'help' } },
    help: { on: { 'close-help': 'none' } },
  },
});

/** Nobody comes this far who only walks by. */
const PHASES_OF_SOMEBODY: readonly FaceView['phase'][] = ['flash', 'prompt', 'portrait', 'checking'];

/**
 * Whether somebody is there. A touch counts, and so does whatever only a person before the terminal can cause; hints
 * while a face is looked for do not, because passers-by cause them too.
 */
export const attention = chartSetup.createStateConfig({
  initial: 'active',
  on: {
    touched: '.active',
    'more-time': '.active',
    'card.laid': '.active',
    'card.removed': '.active',
    'card.accepted': '.active',
    'card.refused': '.active',
    'phone.accepted': '.active',
    'phone.refused': '.active',
    'password.accepted': '.active',
    'password.refused': '.active',
    'number.accepted': '.active',
    'number.refused': '.active',
    'name.accepted': '.active',
    'name.refused': '.active',
    'slip.found': '.active',
    'slip.refused': '.active',
    'eid.checked': '.active',
    'eid.refused': '.active',
    'face.passed': '.active',
    'face.failed': '.active',
    'face.view': {
      guard: ({ event }) => PHASES_OF_SOMEBODY.includes(event.view.phase),
      target: '.active',
    },
  },
  states: {
    active: { after: { idleWarning: 'warned' } },
    warned: { after: { idleReset: '#ending' } },
  },
});

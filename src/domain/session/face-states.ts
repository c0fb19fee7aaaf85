import { chartSetup } from './chart-setup.ts';

/**
 * The face step. A plan that was partly seen is never shown again: whoever opens help or loses the camera in the middle
 * of a try has spent it, whoever does so before the first prompt has not (flashes are no part that could be learnt). There is no way back from here, because the
 * commitment to a begun try stands in the audit chain.
 */
export const face = chartSetup.createStateConfig({
  id: 'face',
  entry: { type: 'enterStep', params: { step: 'face' } },
  initial: 'choosing',
  states: {
    choosing: {
      always: [
        { guard: 'noTriesLeft', target: '#faceFailed' },
        { guard: 'uncovered', target: 'running' },
        { target: 'paused' },
      ],
    },
    running: {
      entry: [
        { type: 'noteSession', params: { faceView: { phase: 'starting-camera' }, promptSeen: false } },
        'beginTry',
      ],
      initial: 'opening',
      states: {
        opening: {
          after: {
            cameraStart: {
              target: '#cameraProblem',
              actions: ['abandonTry', { type: 'noteSession', params: { cameraProblem: 'missing' } }],
            },
          },
          on: {
            'face.view': {
              guard: ({ event }) => event.view.phase !== 'starting-camera',
              target: 'watching',
              actions: { type: 'noteFaceView', params: ({ event }) => ({ view: event.view }) },
            },
          },
        },
        watching: {
          on: {
            'face.view': {
              actions: { type: 'noteFaceView', params: ({ event }) => ({ view: event.view }) },
            },
            'keep-portrait': { guard: 'portraitShown', actions: 'keepPortrait' },
            'retake-portrait': { guard: 'portraitShown', actions: 'retakePortrait' },
          },
        },
      },
      on: {
        'face.passed': '#review',
        'face.failed': {
          target: '#faceFailed',
          actions: { type: 'spendTry', params: ({ event }) => ({ reason: event.reason }) },
        },
        'camera.failed': {
          target: '#cameraProblem',
          actions: [
            'abandonTry',
            'spendSeenTry',
            { type: 'noteSession', params: ({ event }) => ({ cameraProblem: event.problem }) },
          ],
        },
        'screen.attached': { target: 'choosing', actions: ['abandonTry', 'spendSeenTry'] },
        'open-exchange': { target: '#exchange', actions: ['abandonTry', 'spendSeenTry'] },
        'open-help': { target: 'paused', actions: ['abandonTry', 'spendSeenTry'] },
        cancel: { target: 'paused', actions: ['abandonTry', 'spendSeenTry'] },
      },
    },
    paused: {
      on: { 'close-help': 'choosing', 'keep-going': 'choosing' },
    },
  },
});

export const faceFailed = chartSetup.createStateConfig({
  id: 'faceFailed',
  entry: { type: 'enterStep', params: { step: 'face-failed' } },
  on: {
    'try-again': { guard: 'triesLeft', target: '#face' },
    'open-exchange': { guard: 'triesLeft', target: '#exchange.fromFailed' },
    'ask-staff': {
      target: '#ticket',
      actions: { type: 'noteSession', params: { ticketReason: 'face-not-passed' } },
    },
  },
});

/**
 * The movements that are difficult for this citizen are left out of the plans that follow. With none left, there is
 * nothing that a camera could ask for: a person goes on.
 */
export const exchange = chartSetup.createStateConfig({
  id: 'exchange',
  entry: { type: 'enterStep', params: { step: 'exchange' } },
  always: { guard: 'noTriesLeft', target: '#faceFailed' },
  initial: 'fromFace',
  states: {
    fromFace: { on: { back: '#face' } },
    fromFailed: { on: { back: '#faceFailed' } },
  },
  on: {
    'exchange-actions': [
      {
        guard: { type: 'nothingLeftToAsk', params: ({ event }) => ({ actions: event.actions }) },
        target: '#ticket',
        actions: { type: 'noteSession', params: { ticketReason: 'cannot-do-this' } },
      },
      {
        target: '#face',
        actions: { type: 'noteExchanges', params: ({ event }) => ({ actions: event.actions }) },
      },
    ],
  },
});

export const cameraProblem = chartSetup.createStateConfig({
  id: 'cameraProblem',
  entry: { type: 'enterStep', params: { step: 'camera-problem' } },
  on: {
    'try-again': '#face',
    'ask-staff': {
      target: '#ticket',
      actions: { type: 'noteSession', params: { ticketReason: 'camera-problem' } },
    },
  },
});

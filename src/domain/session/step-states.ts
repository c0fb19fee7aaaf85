import { chartSetup } from './chart-setup.ts';
import { cameraProblem, face, faceFailed } from './face-states.ts';

const enter = (step: 'language' | 'visit' | 'consent' | 'phone' | 'phone-confirm' | 'password' | 'card') =>
  ({ type: 'enterStep', params: { step } }) as const;

/** The way from the first touch to "send": who comes later finds what was given before still standing. */
export const steps = chartSetup.createStateConfig({
  initial: 'language',
  states: {
    language: {
      entry: enter('language'),
      on: {
        'choose-language': {
          target: 'visit',
          actions: { type: 'noteSession', params: ({ event }) => ({ language: event.language }) },
        },
        continue: 'visit',
        back: '#ending',
      },
    },
    visit: {
      entry: enter('visit'),
      on: { continue: 'consent', back: 'language' },
    },
    consent: {
      entry: enter('consent'),
      on: {
        agree: { target: 'phone', actions: 'recordConsent' },
        decline: '#ending',
        back: 'visit',
      },
    },
    phone: {
      entry: [enter('phone'), { type: 'noteSession', params: { phoneProblem: null } }, 'startScanner'],
      exit: 'stopScanner',
      on: {
        'phone.accepted': 'phoneConfirm',
        'phone.refused': {
          actions: { type: 'noteSession', params: ({ event }) => ({ phoneProblem: event.problem }) },
        },
        // A scanner that was unplugged forgets that it was asked to scan.
        'device.changed': {
          guard: ({ event }) => event.role === 'scanner' && event.state === 'ready',
          actions: [{ type: 'noteSession', params: { phoneProblem: null } }, 'startScanner'],
        },
        'ask-staff': {
          target: '#ticket',
          actions: { type: 'noteSession', params: { ticketReason: 'no-phone' } },
        },
        back: 'consent',
      },
    },
    phoneConfirm: {
      entry: enter('phone-confirm'),
      on: {
        'confirm-phone': { target: 'password', actions: 'keepPhone' },
        'other-phone': { target: 'phone', actions: 'forgetPhone' },
        back: { target: 'phone', actions: 'forgetPhone' },
      },
    },
    password: {
      entry: enter('password'),
      on: {
        'password.refused': {
          actions: { type: 'noteSession', params: ({ event }) => ({ passwordProblem: event.problem }) },
        },
        'password.accepted': [
          {
            guard: 'cardAccepted',
            target: 'face',
            actions: { type: 'noteSession', params: { passwordProblem: null } },
          },
          { target: 'card', actions: { type: 'noteSession', params: { passwordProblem: null } } },
        ],
        back: {
          target: 'phoneConfirm',
          actions: { type: 'noteSession', params: { passwordProblem: null } },
        },
      },
    },
    card: {
      entry: [enter('card'), { type: 'noteSession', params: { cardProblem: null } }, 'startReader'],
      exit: 'stopReader',
      initial: 'looking',
      states: {
        looking: {
          always: [{ guard: 'cardLying', target: 'reading' }, { target: 'waiting' }],
        },
        waiting: {
          on: {
            'card.laid': {
              target: 'reading',
              actions: { type: 'noteSession', params: { cardProblem: null } },
            },
            // A reader that has read a card stops looking; asked while that card still lies there, it would only
            // tell that the card has to be lifted, over the words that say what was wrong with it.
            'card.removed': { actions: 'startReader' },
          },
        },
        reading: {
          after: {
            readingLimit: {
              target: 'waiting',
              actions: { type: 'noteSession', params: { cardProblem: 'unreadable' } },
            },
          },
          on: {
            'card.removed': {
              target: 'waiting',
              actions: [{ type: 'noteSession', params: { cardProblem: 'put-back' } }, 'startReader'],
            },
          },
        },
      },
      on: {
        'card.refused': {
          target: '.waiting',
          actions: { type: 'noteSession', params: ({ event }) => ({ cardProblem: event.problem }) },
        },
        // Whoever is under 18 goes to the desk with a guardian, whatever else may be wrong with the card.
        'card.accepted': [
          {
            guard: ({ event }) => event.age !== 'adult',
            target: '#ticket',
            actions: { type: 'noteSession', params: { ticketReason: 'guardian' } },
          },
          {
            guard: ({ event }) => event.validity === 'expired',
            target: '.waiting',
            actions: { type: 'noteSession', params: { cardProblem: 'expired' } },
          },
          {
            guard: ({ event }) => event.validity === 'not-yet-valid',
            target: '.waiting',
            actions: { type: 'noteSession', params: { cardProblem: 'refused' } },
          },
          {
            guard: ({ event }) => event.passwordGuessable,
            target: 'password',
            actions: {
              type: 'noteSession',
              params: { cardAccepted: true, passwordProblem: 'too-simple' },
            },
          },
          {
            target: 'face',
            actions: { type: 'noteSession', params: { cardAccepted: true, cardProblem: null } },
          },
        ],
        // The citizen keeps the place: a reader that comes back is asked again, one that went reads nothing.
        'device.changed': [
          {
            guard: ({ event }) => event.role === 'reader' && event.state === 'ready',
            target: '.waiting',
            actions: [{ type: 'noteSession', params: { cardProblem: null } }, 'startReader'],
          },
          { guard: ({ event }) => event.role === 'reader', target: '.waiting' },
        ],
        'ask-staff': {
          target: '#ticket',
          actions: { type: 'noteSession', params: { ticketReason: 'card-problem' } },
        },
        back: 'password',
      },
    },
    face,
    faceFailed,
    cameraProblem,
    review: {
      id: 'review',
      entry: { type: 'enterStep', params: { step: 'review' } },
      on: { submit: '#saving' },
    },
    saveFailed: {
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
    },
  },
});

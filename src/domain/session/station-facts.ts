import { chartSetup } from './chart-setup.ts';

/**
 * What the chart notes at any time, whatever screen is shown. It stands at the root, and once more as a region of its
 * own beside steps that react to the same events: an event that any region of a parallel state takes does not rise to
 * the root.
 */
export const stationFacts = chartSetup.createStateConfig({
  on: {
    'standing.changed': {
      actions: {
        type: 'noteStation',
        params: ({ event }) => ({
          known: true,
          provisioned: event.provisioned,
          frozen: event.frozen,
          online: event.online,
        }),
      },
    },
    'device.changed': {
      actions: {
        type: 'noteDevice',
        params: ({ event }) => ({ role: event.role, state: event.state }),
      },
    },
    'card.laid': { actions: { type: 'noteStation', params: { card: 'lying' } } },
    'card.removed': { actions: { type: 'noteStation', params: { card: 'away', cardLeft: false } } },
    'wipe.failed': { actions: { type: 'noteStation', params: { wipeFailed: true } } },
    'choose-language': {
      actions: { type: 'noteSession', params: ({ event }) => ({ language: event.language }) },
    },
  },
});

import { assign, setup, stateIn } from 'xstate';
import { ACTIONS, type Action } from '../liveness/action.ts';
import type { LivenessReason } from '../liveness/verdict.ts';
import type { ChartContext, ChartInput, SessionFacts, StationFacts } from './chart-context.ts';
import { closedReason, FACE_TRIES, FRESH_SESSION } from './chart-context.ts';
import type { ChartEvent, DeviceState } from './chart-event.ts';
import { DEFAULT_DELAYS } from './delays.ts';
import type { FaceView } from './face-phase.ts';
import type { ClosedReason, ScreenName, Visit } from './snapshot.ts';
import { planOf, unavailableVisits } from './visits.ts';

/**
 * What the chart asks of the station. Each is a name here and does nothing: the session service provides what it does,
 * the tests provide a list to write into.
 */
export const EFFECTS = [
  /** Opens an empty session record. */
  'beginSession',
  /** Another visit is chosen: what an earlier one gathered is of no use to it. */
  'forgetGathered',
  /** The citizen agreed to the text in the language shown. */
  'recordConsent',
  'startScanner',
  'stopScanner',
  /** The scanned phone is confirmed: its code counts as used. */
  'keepPhone',
  /** The scanned phone is not the one, or there is none: forget its key. */
  'forgetPhone',
  'startReader',
  'stopReader',
  /** Without the movements that the citizen has exchanged. */
  'beginTry',
  'abandonTry',
  /** The citizen's word on the portrait that is shown. */
  'keepPortrait',
  'retakePortrait',
  'saveEnrolment',
  'awaitDecision',
  'printSlip',
  'issueTicket',
  /** What was found of a slip or an e-ID is no longer shown. */
  'forgetCheck',
  /** Hands the screen to the staff. */
  'openConsole',
  /** Zeroes everything that the session gathered. */
  'wipe',
  /** Ends the renderer and the drivers and starts them anew. */
  'renew',
] as const;
export type Effect = (typeof EFFECTS)[number];

const nothing = () => {};
const effects: Record<Effect, () => void> = {
  beginSession: nothing,
  forgetGathered: nothing,
  recordConsent: nothing,
  startScanner: nothing,
  stopScanner: nothing,
  keepPhone: nothing,
  forgetPhone: nothing,
  startReader: nothing,
  stopReader: nothing,
  beginTry: nothing,
  abandonTry: nothing,
  keepPortrait: nothing,
  retakePortrait: nothing,
  saveEnrolment: nothing,
  awaitDecision: nothing,
  printSlip: nothing,
  issueTicket: nothing,
  forgetCheck: nothing,
  openConsole: nothing,
  wipe: nothing,
  renew: nothing,
};

function isAboutDevices(reason: ClosedReason | null): boolean {
  return reason === null || reason === 'starting' || reason === 'devices-missing';
}

function lacksHolderFrom(source: 'card' | 'typed', { session }: ChartContext): boolean {
  return !session.holderKnown && session.visit !== null && planOf(session.visit).holder === source;
}

/** The chart's vocabulary: what may happen, what may be noted, what may be asked, how long may be waited. */
export const chartSetup = setup({
  types: {
    context: {} as ChartContext,
    events: {} as ChartEvent,
    input: {} as ChartInput,
  },
  delays: DEFAULT_DELAYS,
  actions: {
    ...effects,
    noteStation: assign(({ context }, facts: Partial<StationFacts>) => ({
      station: { ...context.station, ...facts },
    })),
    noteSession: assign(({ context }, facts: Partial<SessionFacts>) => ({
      session: { ...context.session, ...facts },
    })),
    /** A reader that is not ready cannot tell whether the card still lies on it; it tells when it is ready again. */
    noteDevice: assign(({ context }, device: { role: 'reader' | 'scanner'; state: DeviceState }) => ({
      station: {
        ...context.station,
        [device.role]: device.state,
        ...(device.role === 'reader' && device.state !== 'ready' && context.station.card === 'lying'
          ? { card: 'out-of-sight' as const }
          : {}),
      },
    })),
    /** The card that still lies there, or may, belongs to nobody present. */
    noteCardLeft: assign(({ context }) => ({
      station: { ...context.station, cardLeft: context.station.cardLeft || context.station.card !== 'away' },
    })),
    /** A fresh start that keeps the language which somebody chose on the way in. */
    openSession: assign(({ context }) => ({
      session: { ...FRESH_SESSION, language: context.session.language },
    })),
    /** Nothing of a visit that was begun before counts for this one. No try of the face step can have been spent yet. */
    beginVisit: assign(({ context: { session } }, chosen: { visit: Visit }) => ({
      session: { ...FRESH_SESSION, language: session.language, step: session.step, visit: chosen.visit },
    })),
    forgetSession: assign(({ context }) => ({
      session: { ...FRESH_SESSION, language: context.station.openingLanguage },
    })),
    enterStep: assign(({ context }, entered: { step: ScreenName }) => ({
      session: { ...context.session, step: entered.step },
    })),
    noteExchanges: assign(({ context: { session } }, wished: { actions: readonly Action[] }) => ({
      session: { ...session, exchanges: ACTIONS.filter((action) => wished.actions.includes(action)) },
    })),
    /** A plan that was partly seen is spent; one that was not can be drawn again. */
    spendSeenTry: assign(({ context: { session } }) => ({
      session: session.promptSeen
        ? {
            ...session,
            promptSeen: false,
            triesSpent: session.triesSpent + 1,
            faceReason: 'too-slow' as const,
          }
        : session,
    })),
    spendTry: assign(({ context: { session } }, failed: { reason: LivenessReason }) => ({
      session: {
        ...session,
        promptSeen: false,
        triesSpent: session.triesSpent + 1,
        faceReason: failed.reason,
      },
    })),
    noteFaceView: assign(({ context: { session } }, seen: { view: FaceView }) => ({
      session: {
        ...session,
        faceView: seen.view,
        promptSeen: session.promptSeen || seen.view.phase === 'prompt',
      },
    })),
  },
  guards: {
    unfinished: ({ context }) => context.station.unfinished,
    open: ({ context }) => closedReason(context.station) === null,
    shut: ({ context }) => closedReason(context.station) !== null,
    online: ({ context }) => context.station.online,
    cardLying: ({ context }) => context.station.card === 'lying',
    cardOutOfSight: ({ context }) => context.station.card === 'out-of-sight',
    /** The visit is among these, and no missing device rules it out. */
    offered: ({ context }, choice: { visit: Visit; among: readonly Visit[] }) =>
      choice.among.includes(choice.visit) && !unavailableVisits(context.station).includes(choice.visit),
    comesFor: ({ context }, visit: Visit) => context.session.visit === visit,
    phonePaired: ({ context }) => context.session.phonePaired,
    needsCard: ({ context }) => lacksHolderFrom('card', context),
    needsNumber: ({ context }) => lacksHolderFrom('typed', context),
    challenged: ({ context }) => context.session.challenged,
    triesLeft: ({ context }) => context.session.triesSpent < FACE_TRIES,
    noTriesLeft: ({ context }) => context.session.triesSpent >= FACE_TRIES,
    portraitShown: ({ context }) => context.session.faceView.phase === 'portrait',
    nothingLeftToAsk: (_, wished: { actions: readonly Action[] }) =>
      ACTIONS.every((action) => wished.actions.includes(action)),
    renewed: ({ context }) => context.session.renewed,
    renewedOpen: ({ context }) => context.session.renewed && closedReason(context.station) === null,
    /** Devices may still be on their way; every other reason to stay shut is told at once. */
    renewedShut: ({ context }) => context.session.renewed && !isAboutDevices(closedReason(context.station)),
    /** Neither help nor a question lies over the screen. */
    uncovered: stateIn({ session: { overlay: 'none' } }),
  },
});
